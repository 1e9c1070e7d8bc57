"""Commands of hubscope in processes of their own that have imported everything, to be killed or starved in the midst of their work.

Start-up is most of what a command takes, and nothing can be lost in it: a fork of one warm process goes to work at once.
"""

import multiprocessing
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

WARM = multiprocessing.get_context("forkserver") if sys.platform != "win32" else None
if WARM:
    WARM.set_forkserver_preload(["pytest", "hubscope"])


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    code: int | None
    """Negative is the signal that ended it."""
    said: str


class Command:
    """One command at work in a home."""

    def __init__(
        self, home: Path, *arguments: str, environment: Mapping[str, str] | None = None, largest_file: int | None = None
    ) -> None:
        assert WARM, "there is no fork on this system"
        given = {**(environment or {}), "HUBSCOPE_HOME": str(home)}
        # A pipe, because the limit on the size of files would be one on a file of words, too.
        self._heard, said = WARM.Pipe(duplex=False)
        self.process: BaseProcess = WARM.Process(target=_work, args=(arguments, given, largest_file, said))
        self.process.start()
        said.close()

    def ended(self) -> Ended:
        with self._heard, open(self._heard.fileno(), encoding="utf-8", closefd=False) as stream:
            said = stream.read()
        self.process.join()
        return Ended(self.process.exitcode, said)

    def killed_after(self, seconds: float) -> Ended:
        """Killed then, unless it ended by itself before."""
        self.process.join(seconds)
        self.process.kill()
        return self.ended()


def _work(arguments: Sequence[str], environment: Mapping[str, str], largest_file: int | None, said: Connection) -> None:
    os.environ.update(environment)
    from huggingface_hub import constants

    from hubscope import main

    # The client reads its address when it is imported, which was before.
    constants.ENDPOINT = environment.get("HF_ENDPOINT", constants.ENDPOINT)
    with open(said.fileno(), "w", encoding="utf-8", buffering=1, closefd=False) as stream:
        sys.stdout = sys.stderr = stream
        if largest_file is not None:
            import resource

            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
        try:
            main(list(arguments), prog_name="hubscope")
        except SystemExit as end:
            os._exit(int(end.code or 0))
        except BaseException:
            traceback.print_exc()
            os._exit(99)
