"""Dated public copies of the published marts: Parquet, a card that explains them, and hashes."""
