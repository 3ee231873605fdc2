"""Bars of places side by side for one period, in alphabetical order.

`spec` says what is shown, `layout` where it goes, `words` tells it. Nothing here orders places
by their figures.
"""
