"""What agencies say that they cannot supply, and until when."""
