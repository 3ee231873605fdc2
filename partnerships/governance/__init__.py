"""The groups of a partnership, and its priorities."""
