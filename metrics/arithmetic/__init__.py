"""Pure arithmetic of figures: no database, no web, no clock."""
