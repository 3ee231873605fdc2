"""Recommendations, the actions that answer them, and what is told of those."""
