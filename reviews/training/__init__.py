"""Training: what was offered, who came, and whether the numbers fit each other."""
