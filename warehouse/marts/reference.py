"""Reference tables: facts that nobody can measure, each table a CSV file below `warehouse/reference/`, each row with its source."""

import csv
from pathlib import Path

TABLES = {path.stem: path for path in sorted((Path(__file__).parent.parent / "reference").rglob("*.csv"))}
"""Table to its file."""


def rows(table: str) -> list[dict[str, str]]:
    """A reference table as it is written; an empty field is unknown."""
    with TABLES[table].open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
