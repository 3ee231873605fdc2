"""Words of the field that a report uses, and what they mean."""
