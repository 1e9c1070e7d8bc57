"""Publishing to a folder: written beside, then renamed, so that whoever reads it sees all of a snapshot or nothing."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.duck import UNWRITTEN, why
from warehouse.errors import PublishError
from warehouse.files import sync_file, sync_folder, write_atomically
from warehouse.publication.content import HISTORY, MANIFEST, SNAPSHOTS, Publication
from warehouse.publication.descriptors import explained
from warehouse.publication.index import LATEST, Published, latest, refuse_other_content
from warehouse.publication.writing import write_publication
from warehouse.settings import Home

PARTIAL = ".partial-"
NAME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{6}Z")


def publish_to_folder(home: Home, target: Path) -> Published:
    """Publish the current build under `target`, which is made if need be. Call it under the home's lock.

    Raises PublishError when other data stand under that name, or the folder cannot be written: what stood there stays as it was.
    """
    snapshots = target / SNAPSHOTS
    try:
        snapshots.mkdir(parents=True, exist_ok=True)
        for left in snapshots.glob(f"{PARTIAL}*"):
            shutil.rmtree(left)
        partial = snapshots / f"{PARTIAL}{os.getpid()}"
        partial.mkdir()
        try:
            return _publish(write_publication(home, partial), target)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    except UNWRITTEN as error:
        raise PublishError(
            f"{target} could not be written ({why(error)}). What was published there before is as it was; make room, or choose "
            "another place, and run again."
        ) from error


@contextmanager
def staged(home: Home) -> Iterator[Publication]:
    """The current build as a publication in a passing folder of the home, to be uploaded from there. Call it under the lock."""
    folder = home.path / "publishing"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
        publication = write_publication(home, folder)
    except UNWRITTEN as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise PublishError(
            f"The publication could not be written to {folder} ({why(error)}). Nothing was uploaded; make room and run again."
        ) from error
    try:
        yield publication
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _publish(publication: Publication, target: Path) -> Published:
    _refuse_mixing(publication, target)
    final = target / publication.path
    is_new = not final.exists()
    if is_new:
        _place_history(publication, target)
        for path in publication.folder.iterdir():
            sync_file(path)
        publication.folder.rename(final)
        sync_folder(final.parent)
    elif _told(final) != [json.loads(publication.manifest)[part] for part in ("files", "history")]:
        raise refuse_other_content(publication, str(target))
    names = {path.name for path in final.parent.iterdir() if NAME.fullmatch(path.name)}
    # An interrupted run may have left a whole snapshot that nothing points to yet.
    if publication.name == max(names) and (is_new or _said(target).get("snapshot") != publication.name):
        for name, content in explained(publication).items():
            write_atomically(target / name, content, durable=True)
        manifest = (final / MANIFEST).read_bytes()
        write_atomically(target / LATEST, latest(publication, names, manifest), durable=True)
    return Published(publication.name, str(target), is_new)


def _place_history(publication: Publication, target: Path) -> None:
    """Before the snapshot that names it. What lies there already has the same content: the name says so."""
    for file in publication.history:
        written, place = publication.folder / file.path, target / file.path
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            sync_file(written)
            written.rename(place)
            sync_folder(place.parent)
    shutil.rmtree(publication.folder / HISTORY, ignore_errors=True)


def _refuse_mixing(publication: Publication, target: Path) -> None:
    if _said(target).get("is_simulated", publication.is_simulated) != publication.is_simulated:
        raise PublishError(
            f"{target} holds {'real' if publication.is_simulated else 'simulated'} snapshots: simulated and real data are never "
            "mixed. Nothing was changed there; publish to another place."
        )


def _said(target: Path) -> dict[str, object]:
    """What `latest.json` says; nothing before the first publication, or when it cannot be read."""
    try:
        return dict(json.loads((target / LATEST).read_bytes()))
    except (FileNotFoundError, ValueError, TypeError):
        return {}


def _told(final: Path) -> object:
    """What the manifest that lies there says of its files."""
    try:
        manifest = json.loads((final / MANIFEST).read_bytes())
        return [manifest["files"], manifest["history"]]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
