"""Figures set against each other: for every 100 of one thing, how many of another."""
