"""Jobs: rows, races, and processes that die."""
