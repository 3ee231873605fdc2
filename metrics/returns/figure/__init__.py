"""The page of one figure: entry, comment, decision, history."""
