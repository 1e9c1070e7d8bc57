"""One writer at a time in one HUBSCOPE_HOME: a collection, or a build by hand."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from filelock import FileLock, Timeout

from warehouse.errors import BusyError, LakeError
from warehouse.settings import Home


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
