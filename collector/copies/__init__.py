"""Copies that others publish: where they lie, and how one is followed."""
