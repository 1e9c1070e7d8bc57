"""Ways for the simulated servers to misbehave, on demand."""

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Fault:
    """What goes wrong, for which requests.

    rate_limit: 429, the window is used up for `seconds`. error: an answer of `status`. slow: the right answer, after
    `seconds`. cut: the connection ends halfway through the body. expired_cursor: 400, as for a cursor that is too old.
    html: a page for people, with status 200.
    """

    kind: Literal["rate_limit", "error", "slow", "cut", "expired_cursor", "html"]
    path: str = ""
    """Regular expression searched for in path and query; "" fits every request."""
    first: int = 1
    """The first of the requests that fit to go wrong, counted from 1."""
    times: int = 1
    """How many of them go wrong in a row."""
    status: int = 503
    seconds: float = 1.0


class Faults:
    """Counts requests and says which one goes wrong."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self._faults = tuple(faults)
        self._seen = [0] * len(self._faults)
        self._lock = threading.Lock()

    def meet(self, path: str) -> Fault | None:
        """The fault of this request, the first listed one if several fit."""
        with self._lock:
            due = []
            for number, fault in enumerate(self._faults):
                if re.search(fault.path, path):
                    self._seen[number] += 1
                    if fault.first <= self._seen[number] < fault.first + fault.times:
                        due.append(fault)
        return due[0] if due else None
