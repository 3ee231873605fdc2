"""One number, one address: where a figure comes from, who approved it, what it became."""
