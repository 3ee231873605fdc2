"""Who owes what: the figures and words that agencies are asked for, from and to a quarter."""
