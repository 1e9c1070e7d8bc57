"""One unfinished run: pages as they came, checked and written to Parquet in chunks, until the lake takes them."""
