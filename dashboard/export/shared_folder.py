"""The site in a folder that it shares with a public copy, so that one address serves browser, feed reader and `hubscope pull`."""

import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from dashboard.export.outputs import MARK, cannot_write
from dashboard.export.progress_bar import Progress, silent
from dashboard.export.site import write_site
from dashboard.published import site_address
from warehouse.errors import ExportError
from warehouse.files import write_atomically
from warehouse.manifest import software_version
from warehouse.read import Warehouse

SITE_MARK = "hubscope-site.json"
"""Says which entries are the site's, and of what it was made: only those are ever replaced."""
_PARTIAL = ".site-"
_NO_JEKYLL = ".nojekyll"
"""Tells GitHub Pages to give the files as they are."""


def write_shared_site(warehouse: Warehouse, target: Path, *, now: datetime, progress: Progress = silent) -> list[str]:
    """Write the site into `target`, beside whatever else lies there; the names of its entries.

    It is made whole first, then takes the place of the one before, entry by entry, the first page last. Made of the same
    build by the same version for the same address, it is left as it is. ExportError when it cannot be written.
    """
    made_of = {"build_id": warehouse.build_id, "version": software_version(), "address": site_address()}
    held = _held(target)
    if held.get("made_of") == made_of and all((target / name).exists() for name in held["entries"]):
        return [*held["entries"], SITE_MARK]
    with _beside(target) as new:
        write_site(warehouse, new, as_of=None, now=now, progress=progress)
        (new / MARK).unlink()  # it would let an export replace the whole folder, public copy and all
        (new / _NO_JEKYLL).touch()
        entries = sorted((path.name for path in new.iterdir()), key=lambda name: (name == "index.html", name))
        foreign = [name for name in entries if (target / name).exists() and name not in held.get("entries", ())]
        if foreign:
            raise ExportError(
                f"{target} holds {', '.join(foreign)}, which hubscope did not write. No page was changed; move that away, "
                "or name another folder."
            )
        said = json.dumps({"entries": entries, "made_of": made_of}, indent=1).encode() + b"\n"
        # First what is the site's, then the site: an interrupted run knows its own again.
        write_atomically(target / SITE_MARK, said.replace(b'"made_of"', b'"unfinished"'))
        for name in entries:
            _take_place(new / name, target / name)
        write_atomically(target / SITE_MARK, said)
    return [*entries, SITE_MARK]


def _held(target: Path) -> dict[str, Any]:
    """What the mark says; nothing where there is none."""
    try:
        return dict(json.loads((target / SITE_MARK).read_bytes()))
    except (FileNotFoundError, ValueError, TypeError):
        return {}


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A place in `target` for the new site, on the same disk, so that each entry takes its place by one rename."""
    try:
        target.mkdir(parents=True, exist_ok=True)
        for left in target.glob(f"{_PARTIAL}*"):
            shutil.rmtree(left)
        new = target / f"{_PARTIAL}{secrets.token_hex(4)}"
        yield new
    except OSError as error:
        raise cannot_write(target, error) from None
    finally:
        for left in target.glob(f"{_PARTIAL}*"):
            shutil.rmtree(left, ignore_errors=True)


def _take_place(new: Path, place: Path) -> None:
    """Put a file or folder where another one is."""
    if place.is_dir():
        place.replace(new.with_name(f"old-{place.name}"))
    new.replace(place)
