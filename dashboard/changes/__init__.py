"""What changed since last class, away from its page: sentences, tables, the watch list, and the digest of a run.

Nothing here needs a running page. The figures stand in `dashboard/figures/changes.py`.
"""
