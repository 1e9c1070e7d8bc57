"""`cursor.json`: how far a series of an unfinished run has landed, and which files in its folder count."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from warehouse.manifest import Finding, Origin

PAGE_NAME = re.compile(r"page-\d{6}\.(json|parquet)")


@dataclass(frozen=True)
class Cursor:
    """What `cursor.json` keeps. A page or chunk in the folder that it does not count does not count."""

    limit: int | None
    next_url: str | None = None
    is_done: bool = False
    status: str = "ok"
    reason: str | None = None
    requests: int = 0
    pages: int = 0
    bytes: int = 0
    seconds: float = 0.0
    record_count: int = 0
    waiting: tuple[tuple[str, str, int], ...] = ()
    """File, address and size of each page that is not yet part of a chunk."""
    chunk_count: int = 0
    rejected: tuple[Finding, ...] = ()
    odd_values: tuple[Finding, ...] = ()
    origin: Origin | None = None
    """Of an archive: then the one page is a Parquet file."""
    server: str | None = None


def read_cursor(folder: Path) -> Cursor | None:
    """None when the folder is new, or its cursor unreadable after a power cut or an upgrade: the listing begins anew."""
    try:
        data = json.loads((folder / "cursor.json").read_text(encoding="utf-8"))
        data["waiting"] = tuple((name, url, size) for name, url, size in data["waiting"])
        for kind in ("rejected", "odd_values"):
            data[kind] = tuple(Finding.from_json(finding) for finding in data[kind])
        data["origin"] = Origin(**data["origin"]) if data.get("origin") else None
        cursor = Cursor(**data)
        if not all(PAGE_NAME.fullmatch(name) for name, _, _ in cursor.waiting) or type(cursor.chunk_count) is not int:
            return None
        return cursor
    except (OSError, ValueError, KeyError, TypeError):
        return None
