"""The digest of a run: which watched figures moved between two snapshots, and what else changed.

Stands above `export`, whose exhibits it compares. The sentences and tables of what changed are in
`dashboard/figures/changes_sentences.py` and `changes_tables.py`.
"""
