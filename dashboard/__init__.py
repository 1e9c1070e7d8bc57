"""What people see: pages, charts and their words. Reads finished builds only."""
