"""Official statistics: reading published files, storing them, and what figures are held against."""
