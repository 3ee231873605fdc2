"""What a partnership's people read: the dashboard, and one page for each indicator."""
