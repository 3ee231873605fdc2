"""What one part of a partnership raised with another."""
