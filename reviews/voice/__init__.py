"""What children, young people and families said, what changed, and what they were told."""
