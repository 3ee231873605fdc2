"""Yearly reports: from a plan to content in public form, to files, to an edition."""
