"""Inspections: what was found, and the statement that answers it."""
