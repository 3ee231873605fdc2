"""One indicator in one period across places, without an order among them."""
