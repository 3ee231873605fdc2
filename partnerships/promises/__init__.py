"""What a partnership says that it will do and what became of it; milestones, risks, figures."""
