"""What lies in the lake and belongs to nobody: remains of a killed run, and files that others have taken the place of."""

from collections.abc import Collection, Iterable
from pathlib import Path

from warehouse.files import has_link
from warehouse.listings import LISTINGS
from warehouse.manifest import Manifest


def clear_leftovers(lake: Path, manifests: Iterable[Manifest], in_use: Collection[str]) -> None:
    """Remove files that no manifest names and nobody has in use, and kept states other than the newest of a series."""
    entries = [(manifest.run_id, entry) for manifest in manifests for entry in manifest.listings]
    needed = {file.path for _, entry in entries for file in entry.files} | set(in_use)
    for listing in LISTINGS:
        for folder in lake.glob(f"{listing}/coverage=*/run=*"):
            if not has_link(lake, folder):  # what lies behind one is not ours to remove
                _clear_folder(lake, folder, needed)
    newest = {(entry.listing, entry.coverage): run_id for run_id, entry in entries if entry.status == "ok"}
    for path in lake.glob("state/*/*/*.parquet"):
        if newest.get((path.parent.parent.name, path.parent.name)) != path.stem and not has_link(lake, path.parent):
            path.unlink()
    for path in (*lake.glob("manifests/*.tmp"), *lake.glob("*.tmp")):
        if not has_link(lake, path.parent):
            path.unlink()


def _clear_folder(lake: Path, folder: Path, needed: Collection[str]) -> None:
    for path in list(folder.iterdir()):
        is_ours = path.is_symlink() or not path.is_dir()  # of a link, only the link itself goes
        if is_ours and path.relative_to(lake).as_posix() not in needed:
            path.unlink()
    if not any(folder.iterdir()):
        folder.rmdir()
