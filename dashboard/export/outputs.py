"""Exports on the disk: there whole or not at all, and never over something that hubscope did not write."""

import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from warehouse.errors import ExportError
from warehouse.files import write_atomically

MARK = "hubscope-export.json"
"""In every folder that hubscope wrote: only such a folder, or an empty one, is replaced."""


def write_file(path: Path, content: bytes) -> None:
    """Write beside, then rename. ExportError when the place cannot be written; what stood there stays."""
    if path.is_dir():
        raise ExportError(f"{path} is a folder. Name a file with --output.")
    beside = _beside(path)
    try:
        write_atomically(path, content, beside=beside)
    except OSError as error:
        raise cannot_write(path, error) from None


@contextmanager
def whole_folder(path: Path, about: dict[str, Any]) -> Iterator[Path]:
    """A new folder to fill, which takes the place of `path` when everything in it is written."""
    _refuse_foreign(path)
    beside = _beside(path)
    try:
        beside.mkdir()
    except OSError as error:
        raise cannot_write(path, error) from None
    try:
        yield beside
        (beside / MARK).write_text(json.dumps(about, indent=1, ensure_ascii=False, default=str), encoding="utf-8")
        _swap(beside, path)
    except OSError as error:
        raise cannot_write(path, error) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _beside(path: Path) -> Path:
    """A name of its own in the same folder, so that the rename is one step."""
    if not path.parent.is_dir():
        raise ExportError(f"There is no folder {path.parent}. Create it, or name another place with --output.")
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}")


def _refuse_foreign(path: Path) -> None:
    if path.is_file():
        raise ExportError(f"{path} is a file, and this export is a folder. Name another place.")
    if path.is_dir() and any(path.iterdir()) and not (path / MARK).is_file():
        raise ExportError(
            f"{path} holds files that hubscope did not write, and an export replaces the whole folder. Nothing was "
            "changed. Name an empty or a new folder."
        )


def _swap(new: Path, path: Path) -> None:
    """Put `new` in the place of `path`; if that fails, what stood there is put back."""
    if not path.exists():
        new.replace(path)
        return
    old = _beside(path)
    path.replace(old)
    try:
        new.replace(path)
    except OSError:
        old.replace(path)
        raise
    shutil.rmtree(old, ignore_errors=True)


def cannot_write(path: Path, error: OSError) -> ExportError:
    """To raise where the disk refuses."""
    if isinstance(error, PermissionError):
        remedy = "If it is open in another program, close it; otherwise choose a place that you may write to."
    else:
        remedy = "Choose another place with --output, or free space on the disk."
    return ExportError(f"{path} cannot be written ({error.strerror or error}). Nothing was changed. {remedy}")
