"""Figures from files, many at a time: entered by the system actor, and approved with that.

Loading the same file twice changes nothing. A row that differs from what is stored becomes a
further revision. All or nothing: a row that cannot be stored stops the whole file and is named.
"""
