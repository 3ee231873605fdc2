"""What guidance asks a yearly report to tell: kept, answered, read."""
