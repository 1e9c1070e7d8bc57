"""What people see: pages, charts and their words. Reads published builds only."""
