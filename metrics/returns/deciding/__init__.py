"""The decision on all figures of a return that wait."""
