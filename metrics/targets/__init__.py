"""Targets: set, changed and ended by hand, and what the approved figures make of them."""
