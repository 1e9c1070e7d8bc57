"""Where the data lives, and the lock for writing there. The environment is read once at the door, then passed down."""

import errno
import json
import os
import socket
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

from warehouse.errors import BusyError, CopyError, LakeError
from warehouse.files import write_atomically

OWN_NAMES = {
    "lake",
    "landing",
    "builds",
    "archives",
    "publishing",
    "digest",
    "demo",
    "copy",
    "followed.json",
    "watch.toml",
    "run.lock",
    "run.json",
}
"""All that hubscope makes in a home. A folder that holds anything else is not its own to close."""
FOLLOWED = "followed.json"
"""Says which public copy a home follows."""
GROUP_AND_OTHERS, OTHERS = 0o077, 0o007
NO_LOCKS = {
    getattr(errno, name) for name in ("ENOSYS", "ENOLCK", "ENOTSUP", "EOPNOTSUPP", "EINVAL") if hasattr(errno, name)
}
"""What a disk answers that knows no locks, as some network folders."""
UNWRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS)
STALE_AFTER = timedelta(hours=20)
"""The Hub refreshes its counters once a day: a younger snapshot is as good as a new one."""


@dataclass(frozen=True)
class Followed:
    """A public copy, and how much of it a home takes."""

    source: str
    """A folder, or an address."""
    edition: str
    """whole, or small: without a row for each repository."""


@dataclass(frozen=True)
class Home:
    """The data folder of one observatory (`HUBSCOPE_HOME`) and the places in it."""

    path: Path

    @classmethod
    def from_env(cls) -> "Home":
        """`HUBSCOPE_HOME`, else the platform's own folder for application data. LakeError where there is neither."""
        stated = os.environ.get("HUBSCOPE_HOME")
        if stated and stated[:1] == stated[-1:] and stated[0] in "\"'":
            raise LakeError(
                f"HUBSCOPE_HOME stands in quotes ({stated}), which are a part of it where no shell takes them off, as in a file "
                "of variables for a container. Take them off and run again."
            )
        try:
            path = Path(stated).expanduser() if stated else platformdirs.user_data_path("hubscope")
        except RuntimeError:
            path = Path("~")
        if path.parts[:1] == ("~",):
            raise LakeError(
                "This account has no home folder, so there is no place for data. Set HUBSCOPE_HOME to a folder, such as "
                "/var/lib/hubscope, and run again."
            )
        return cls(path.absolute())

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
    def holder(self) -> Path:
        """Who holds the lock."""
        return self.lock.with_suffix(".json")

    @property
    def watch(self) -> Path:
        """The watch list: figures, and by how much their numbers must move to be reported. Edited by hand or `hubscope watch`."""
        return self.path / "watch.toml"

    @property
    def digests(self) -> Path:
        """What each run found changed, one Markdown file a day."""
        return self.path / "digest"

    @property
    def copy(self) -> Path:
        """Files of the public copy that this home follows, as they came."""
        return self.path / "copy"

    @property
    def follows(self) -> "Followed | None":
        """The public copy that this home follows; None where it collects itself.

        LakeError where the note of it cannot be read: nobody can tell then whose history this is.
        """
        try:
            return Followed(**json.loads((self.path / FOLLOWED).read_text(encoding="utf-8")))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError, TypeError):
            raise LakeError(
                f"{self.path / FOLLOWED} says which copy this home follows, and cannot be read. Nothing was done. `hubscope pull SOURCE` "
                "into another folder (HUBSCOPE_HOME) takes the copy anew; where this home collects itself, remove the file."
            ) from None

    @property
    def remaking(self) -> str:
        """The command that makes the tables anew."""
        return "hubscope pull" if self.follows else "hubscope build"

    def follow(self, followed: "Followed") -> None:
        """Note that this home follows a copy from now on."""
        write_atomically(self.path / FOLLOWED, json.dumps(vars(followed)).encode(), durable=True)

    @property
    def is_open_to_all(self) -> bool:
        """Whether every account of this machine may read the history. Windows knows no such modes."""
        return os.name != "nt" and all(path.stat().st_mode & OTHERS for path in (self.path, self.lake) if path.exists())


@contextmanager
def private(home: Home) -> Iterator[None]:
    """Make the home if need be, and let what is written meanwhile belong to its owner alone, whatever the umask.

    A home that its owner opened to a group and to nobody else (0750, 2770) stays so, and what is written is the group's too.
    One that is open to all was left so by an ordinary umask, and is closed.
    """
    before = os.umask(GROUP_AND_OTHERS)
    try:
        home.path.mkdir(parents=True, exist_ok=True)
        mode = home.path.stat().st_mode
        if mode & OTHERS:
            _close(home)
        else:
            os.umask(~mode & GROUP_AND_OTHERS)
        yield
    finally:
        os.umask(before)


def _close(home: Home) -> None:
    """Close the home to others; of a folder that other things share (/srv, /tmp), only what is hubscope's own."""
    held = {path.name for path in home.path.iterdir()}
    for path in [home.path] if held <= OWN_NAMES else [home.path / name for name in held & OWN_NAMES]:
        with suppress(
            OSError
        ):  # another account's, or a disk that knows no modes; `hubscope status` says that it is open
            if path == home.path or not path.is_symlink():
                path.chmod(stat.S_IMODE(path.stat().st_mode) & ~GROUP_AND_OTHERS)


def refuse_followed(home: Home) -> None:
    """CopyError where the home follows a public copy: its history is another's, and is not added to here."""
    if followed := home.follows:
        raise CopyError(
            f"{home.path} follows the copy {followed.source}: its history is collected there, and nothing is added to it here. Nothing was "
            "done. `hubscope pull` takes what is new there; to collect yourself, set HUBSCOPE_HOME to another folder."
        )


@dataclass(frozen=True)
class Holder:
    """Who holds a lock, as the file beside it says: some platforms empty a lock file on opening it."""

    pid: int
    since: str
    host: str = ""

    @classmethod
    def of(cls, home: Home) -> "Holder | None":
        try:
            return cls(**json.loads(home.holder.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    @property
    def is_gone(self) -> bool:
        """Whether it surely is at work no more; of another machine nobody here can tell."""
        if self.host != socket.gethostname():
            return False
        try:
            os.kill(int(self.pid), 0)
        except (ProcessLookupError, ValueError, OverflowError):
            return True
        except OSError:
            return False
        return False

    def __str__(self) -> str:
        return f"(process {self.pid}{f' on {self.host}' if self.host else ''}, since {self.since} UTC) "


@contextmanager
def locked(
    home: Home,
    since: datetime,
    *,
    writes_elsewhere: bool = False,
    only_reads: bool = False,
    takes_copy: bool = False,
) -> Iterator[None]:
    """Hold the lock of `home`, or raise BusyError that names the holder. A holder that died holds nothing.

    CopyError where the home follows a public copy, unless the caller `takes_copy`. What is written meanwhile is private, unless
    it is meant for others: `writes_elsewhere` leaves the umask alone. Whoever `only_reads` needs no lock where nobody can write.
    """
    if not takes_copy:
        refuse_followed(home)
    lock = FileLock(home.lock, fallback_to_soft=False)
    try:
        with private(home):
            _take(home, lock)
            with suppress(OSError):  # whom the others wait for is good to know, and no more
                holder = Holder(os.getpid(), f"{since:%Y-%m-%d %H:%M:%S}", socket.gethostname())
                home.holder.write_text(json.dumps(vars(holder)), encoding="utf-8")
    except Timeout:
        raise BusyError(
            f"Another run {Holder.of(home) or ''}is at work in {home.path}. Nothing was done; try again later."
        ) from None
    except OSError as error:
        if only_reads and error.errno in UNWRITABLE and home.path.is_dir():
            yield
            return
        raise LakeError(
            f"{home.path} cannot be written ({error.strerror or error}). Nothing was done; make room, or set HUBSCOPE_HOME to "
            "another place, and run again."
        ) from error
    try:
        with nullcontext() if writes_elsewhere else private(home):
            yield
    finally:
        home.holder.unlink(missing_ok=True)
        lock.release()


def _take(home: Home, lock: FileLock) -> None:
    """Take the lock; on a disk that knows none, go by what the last holder said of itself."""
    try:
        lock.acquire(timeout=0)
    except OSError as error:
        if error.errno not in NO_LOCKS:
            raise
        if (holder := Holder.of(home)) and not holder.is_gone:
            raise BusyError(
                f"Another run {holder}is at work in {home.path}, as {home.holder.name} there says; the disk itself knows no locks "
                f"({error.strerror}). Nothing was done; try again later, or remove that file if the run is over."
            ) from None
        print(
            f"{home.path} lies on a disk that knows no locks ({error.strerror}): let no two commands write there at once.",
            file=sys.stderr,
        )


def is_locked(home: Home) -> bool:
    """Whether some process is writing to this home."""
    if not home.lock.exists():
        return False
    try:
        with FileLock(home.lock, timeout=0, fallback_to_soft=False):
            return False
    except Timeout:
        return True
    except OSError:  # no locks there, or a home that only others write
        return (holder := Holder.of(home)) is not None and not holder.is_gone
