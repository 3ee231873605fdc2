"""What is due and what happens at a partnership, month by month."""
