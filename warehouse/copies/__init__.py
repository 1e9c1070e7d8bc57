"""Copies that others published: what their manifests say, and how the tables become the current build of a home."""
