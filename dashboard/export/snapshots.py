"""Several static sites beside each other, one a snapshot: each leads its readers to the same page of the others.

A site knows the others by its own folder: those that are named for a day, and that hubscope wrote as sites. Their list is a
script, since a page that was opened from a file may read nothing else.
"""

import json
import re
from pathlib import Path
from typing import Any

from dashboard.export.outputs import MARK, cannot_write
from warehouse.files import write_atomically

MADE_BY = "hubscope export --site"
LISTED = "snapshots.js"
"""In the assets of each site."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def introduce(site: Path) -> None:
    """Write the list into this site and those beside it; of a site whose folder is named otherwise it is empty."""
    held = sorted(one.name for one in site.resolve().parent.iterdir() if _is_of_a_day(one))
    sites = [site.with_name(name) for name in held] if site.resolve().name in held else [site]
    for one in sites:
        listed = held if len(sites) > 1 else []
        try:
            write_atomically(one / "assets" / LISTED, f"window.snapshots = {json.dumps(listed)};\n".encode())
        except OSError as error:
            raise cannot_write(one, error) from None


def _is_of_a_day(folder: Path) -> bool:
    return bool(_DAY.fullmatch(folder.name)) and _about(folder).get("made_by") == MADE_BY


def _about(folder: Path) -> dict[str, Any]:
    """What a folder says of itself; nothing where it says nothing that can be read."""
    try:
        about = json.loads((folder / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return about if isinstance(about, dict) else {}
