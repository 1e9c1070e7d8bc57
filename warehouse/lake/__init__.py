"""The lake: append-only Parquet with one manifest for each run."""
