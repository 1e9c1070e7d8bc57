"""Pages: each reads from top to bottom as it looks on the screen."""
