"""One source, one module: each yields the raw pages of its listings and says beforehand how many requests they cost."""
