"""Reads for blocks: the figures of indicators at one partnership, with comparators and changes.

A handful of queries for any number of indicators; everything else is choosing among rows.
"""
