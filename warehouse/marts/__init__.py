"""The marts: a build runs the SQL files over the lake into a new DuckDB file, which is checked before it becomes current."""
