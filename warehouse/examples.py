"""Example queries for readers, one file each in `sql/examples`, in the order of their numbers."""

from pathlib import Path

EXAMPLES = Path(__file__).parent / "sql" / "examples"


def examples() -> dict[str, str]:
    """Name (the file's, without its number) to SQL text."""
    return {path.stem[3:]: path.read_text(encoding="utf-8").strip() for path in sorted(EXAMPLES.glob("*.sql"))}
