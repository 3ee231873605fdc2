"""The meetings of a body, who came to them, and the seats on it."""
