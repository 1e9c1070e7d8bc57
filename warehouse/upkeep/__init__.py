"""Upkeep of a lake that has grown: its files are merged, old snapshots let go, and all of it verified."""
