"""Quarterly returns: the whole of one, its figures one by one, who owes what and by when."""
