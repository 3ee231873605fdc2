"""What the work of a partnership costs, and who pays for it."""
