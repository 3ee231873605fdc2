"""Practice reviews: their states, clocks and learning."""
