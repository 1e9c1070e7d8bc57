"""Where the data lives, and the lock for writing there. The environment is read once at the door, then passed down."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

from warehouse.errors import BusyError, LakeError


@dataclass(frozen=True)
class Home:
    """The data folder of one observatory (`HUBSCOPE_HOME`) and the places in it."""

    path: Path

    @classmethod
    def from_env(cls) -> "Home":
        """`HUBSCOPE_HOME`, else the platform's own folder for application data."""
        stated = os.environ.get("HUBSCOPE_HOME")
        return cls(Path(stated).expanduser().absolute() if stated else platformdirs.user_data_path("hubscope"))

    @property
    def lake(self) -> Path:
        """Append-only Parquet and its manifests: the history itself."""
        return self.path / "lake"

    @property
    def landing(self) -> Path:
        """Pages of a run that has not finished."""
        return self.path / "landing"

    @property
    def builds(self) -> Path:
        """Published DuckDB files and `CURRENT`, which names the one to read."""
        return self.path / "builds"

    @property
    def lock(self) -> Path:
        """Lock file; only one process may write."""
        return self.path / "run.lock"

    @property
    def watch(self) -> Path:
        """The watch list: figures, and by how much their numbers must move to be reported. Edited by hand or `hubscope watch`."""
        return self.path / "watch.toml"

    @property
    def digests(self) -> Path:
        """What each run found changed, one Markdown file a day."""
        return self.path / "digest"


@contextmanager
def locked(home: Home, since: datetime) -> Iterator[None]:
    """Hold the lock of `home`, or raise BusyError that names the holder. A holder that died holds nothing."""
    lock = FileLock(home.lock)
    holder = home.lock.with_suffix(".json")  # beside the lock: some platforms empty a lock file on opening it
    try:
        home.path.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        try:
            named = "(process {pid}, since {since} UTC) ".format(**json.loads(holder.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError):
            named = ""
        raise BusyError(f"Another run {named}is at work in {home.path}. Nothing was done; try again later.") from None
    except OSError as error:
        raise LakeError(
            f"{home.path} cannot be written ({error.strerror or error}). Nothing was done; make room, or set HUBSCOPE_HOME to "
            "another place, and run again."
        ) from error
    try:
        with suppress(OSError):  # whom the others wait for is good to know, and no more
            holder.write_text(json.dumps({"pid": os.getpid(), "since": f"{since:%Y-%m-%d %H:%M:%S}"}), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def is_locked(home: Home) -> bool:
    """Whether some process is writing to this home."""
    if not home.lock.exists():
        return False
    try:
        with FileLock(home.lock, timeout=0):
            return False
    except Timeout:
        return True
