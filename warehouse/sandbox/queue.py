"""Readers of one server take turns: few queries at once in all, one a reader, and nobody waits for ever."""

import subprocess
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

import pyarrow

from warehouse.errors import QueryError
from warehouse.sandbox.process import Request, answer

AT_ONCE = 3
PATIENCE = 60
"""Seconds that a query waits for its turn."""
KEPT_BYTES = 32_000_000
"""Answers kept for whoever asks the same again, a rerun of the page included."""

OnWait = Callable[[int], object]
"""Told every second how many queries come first; what it raises ends the waiting."""


@dataclass
class _Turn:
    reader: str
    process: subprocess.Popen[bytes] | None = None
    is_replaced: bool = False


class ReadersQueue:
    """One server's readers. All methods may be called from any thread."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._changed = threading.Condition()
        self._turns: list[_Turn] = []
        """In the order they came: the first `at_once` run."""
        self._kept: OrderedDict[Request, pyarrow.Table] = OrderedDict()

    def ask(self, request: Request, reader: str, on_wait: OnWait) -> pyarrow.Table:
        """The rows, when it is this query's turn. A reader's newer query ends the older one. QueryError as `process.answer`."""
        with self._changed:
            if request in self._kept:
                self._kept.move_to_end(request)
                return self._kept[request]
            turn = self._enter(reader)
        try:
            self._wait(turn, on_wait)
            rows = answer(replace(request, is_background=True), lambda process: self._started(turn, process))
        except QueryError:
            if turn.is_replaced:
                raise QueryError("Stopped, because you asked something newer.") from None
            raise
        finally:
            with self._changed:
                self._turns.remove(turn)
                self._changed.notify_all()
        self._keep(request, rows)
        return rows

    def _enter(self, reader: str) -> _Turn:
        for turn in self._turns:
            if turn.reader == reader:
                turn.is_replaced = True
                if turn.process is not None:
                    turn.process.kill()
        self._changed.notify_all()
        self._turns.append(_Turn(reader))
        return self._turns[-1]

    def _wait(self, turn: _Turn, on_wait: OnWait) -> None:
        until = time.monotonic() + PATIENCE
        with self._changed:
            while (place := self._turns.index(turn)) >= self._at_once and not turn.is_replaced:
                if time.monotonic() >= until:
                    raise QueryError(f"{place} queries of others come first. Nothing was asked; run it again later.")
                on_wait(place)
                self._changed.wait(timeout=1)
        if turn.is_replaced:
            raise QueryError("Nothing was asked.")

    def _started(self, turn: _Turn, process: subprocess.Popen[bytes]) -> None:
        with self._changed:
            turn.process = process
            if turn.is_replaced:
                process.kill()

    def _keep(self, request: Request, rows: pyarrow.Table) -> None:
        with self._changed:
            self._kept[request] = rows
            while sum(kept.nbytes for kept in self._kept.values()) > KEPT_BYTES:
                self._kept.popitem(last=False)
