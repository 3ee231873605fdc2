"""The form of a whole return: a row for each figure, and boxes for words."""
