"""Files made for readers: one at a time, so that pages stay quick, and handed again to whoever asks for the same."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

KEPT_BYTES = 100_000_000
"""In all. A course as slides has 5 MB."""


class MadeFiles:
    """One server's. Its methods may be called from any thread."""

    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        self._kept_bytes = kept_bytes
        self._making = threading.Lock()
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """The file of `key`, which names the build and all that was chosen; made now if it is not kept."""
        with self._making:
            if key not in self._kept:
                self._kept[key] = make()
            self._kept.move_to_end(key)
            made = self._kept[key]
            while sum(map(len, self._kept.values())) > self._kept_bytes:
                self._kept.popitem(last=False)
            return made
