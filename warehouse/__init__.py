"""The history and what it means: the lake, the SQL that reads it, and the published DuckDB file."""
