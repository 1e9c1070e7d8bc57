"""Progress of a long export on the terminal."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Progress = Callable[[Iterable[Any], int, str], Iterable[Any]]
LINE_EVERY = 2.0  # seconds between two lines where there is no terminal


def silent(items: Iterable[Any], total: int, label: str) -> Iterable[Any]:
    """Show nothing: pages have a spinner of their own."""
    return items


def progress_bar(items: Iterable[Any], total: int, label: str) -> Iterator[Any]:
    """Draw a bar on a terminal; elsewhere (a log, a pipe) print a line every two seconds."""
    if sys.stderr.isatty():
        from tqdm import tqdm

        yield from tqdm(items, total=total, desc=label, leave=False, file=sys.stderr, dynamic_ncols=True)
        return
    shown_at = time.monotonic()
    for number, item in enumerate(items):
        if time.monotonic() - shown_at >= LINE_EVERY:
            shown_at = time.monotonic()
            print(f"{label}: {number} of {total}", file=sys.stderr, flush=True)
        yield item
