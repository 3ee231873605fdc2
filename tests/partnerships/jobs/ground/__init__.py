"""An app of handlers that exist for tests, and a command that asks for their work."""
