"""Files that are there whole or not at all, and that lie where we mean them to lie."""

import os
import time
from pathlib import Path

from warehouse.errors import LakeError


def has_link(root: Path, path: Path) -> bool:
    """Whether a symbolic link lies below `root` on the way to `path`, or is `path`. The root itself may be one."""
    steps = path.relative_to(root).parts
    return any(root.joinpath(*steps[: count + 1]).is_symlink() for count in range(len(steps)))


def below(root: Path, *names: str) -> Path:
    """A path of ours below `root`, to be written. LakeError when a symbolic link would carry it elsewhere."""
    path = root.joinpath(*names)
    if has_link(root, path):
        raise LakeError(
            f"{path} leads through a symbolic link, and nothing is written through one. Nothing was changed; only the folders "
            f"{root.name} and above may be links."
        )
    return path


def write_atomically(path: Path, content: bytes, *, durable: bool = False, beside: Path | None = None) -> None:
    """Replace `path` in one step. `durable` also survives a power cut, at the price of a wait for the disk.

    beside: the file that is written first; its usual name is taken for ours, so give another where the folder is not ours.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = beside or path.with_name(path.name + ".tmp")
    beside.unlink(missing_ok=True)  # of a killed process; and where it is a link, what it points to is not ours
    try:
        with beside.open("xb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        _replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)  # on a full disk half a file is in the way of the next one
        raise
    if durable:
        sync_folder(path.parent)


def _replace(beside: Path, path: Path) -> None:
    """Put one file in another's place; where an open file cannot be replaced (Windows), wait until its reader has closed it."""
    for patience in (0.01, 0.05, 0.2, 0.5):
        try:
            beside.replace(path)
            return
        except PermissionError:
            time.sleep(patience)
    beside.replace(path)


def sync_file(path: Path) -> None:
    """Make a file's content durable."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable; Windows cannot open a folder and needs no such thing."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
