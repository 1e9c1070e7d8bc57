"""Commands of hubscope in processes of their own that have imported everything, to be killed or starved in the midst of their work.

Start-up is most of what a command takes, and nothing can be lost in it: a fork of one warm process goes to work at once.
"""

import multiprocessing
import os
import random
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from unittest.mock import patch

from tests.collector.hub_server import record, serving
from tests.warehouse.marts import MODELS, SPACES, model, space, take_run
from warehouse.settings import Home

WARM = multiprocessing.get_context("forkserver") if sys.platform != "win32" else None
if WARM:
    WARM.set_forkserver_preload(["pytest", "hubscope", "tests.survival.at_work"])

COMMANDS = {
    "collect": ("collect", "--profile", "full"),
    "build": ("build",),
    "compact": ("compact",),
    "prune": ("prune", "--daily", "1", "--weekly", "1"),
    "publish": ("publish", "--to", "{public}"),
}
"""All that write."""
LISTED = [record(number) for number in range(150)]


@contextmanager
def serving_all() -> Iterator[dict[str, str]]:
    """Servers for `collect`; gives the environment that leads there."""
    with serving() as hub:
        hub.page_size = 50
        hub.listings = {f"/api/{kind}": LISTED for kind in ("models", "datasets", "spaces")}
        yield hub.environment()


def three_months(home: Home) -> Home:
    """Five snapshots of 120 models and 40 Spaces, of which two can be pruned; not built."""
    chance = random.Random(1)
    for day in (1, 8, 35, 50, 65):
        models = [model(f"m{key}", chance.randint(0, 9)) for key in range(120) if chance.random() < 0.95]
        take_run(home, day, {MODELS: models, SPACES: [space(f"s{key}", chance.randint(0, 9)) for key in range(40)]})
    return home


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
        # The child would run the main module again, which is what a Streamlit test left there: some page's script.
        with patch.dict(sys.modules, {"__main__": ModuleType("__main__")}):
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
