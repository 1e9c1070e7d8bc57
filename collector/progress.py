"""Progress of a run: its plan, pages and rate, waits. Text of a server is cleaned before it comes here."""

import io
import time
from contextlib import suppress
from typing import NoReturn, TextIO

from tqdm import tqdm

from collector.upstream import Budget
from warehouse.listings import LISTINGS, Series

LINE_EVERY = 2.0  # seconds between two lines where there is no terminal


def label(series: Series) -> str:
    """`models (top 10,000)`, `datasets (full)`, `OpenAI models`."""
    listing = LISTINGS[series.listing]
    if not listing.kind:
        return listing.label
    return f"{listing.label} ({series.coverage}{f' {series.limit:,}' if series.limit else ''})"


class Unbreakable(io.TextIOBase, TextIO):
    """A stream whose reader may go away: words that cannot be written are lost, the run that says them is not."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._stream.encoding

    def write(self, text: str) -> int:
        with suppress(OSError, ValueError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._stream.flush()

    def isatty(self) -> bool:
        try:
            return self._stream.isatty()
        except (OSError, ValueError):
            return False

    def fileno(self) -> int:
        return self._stream.fileno()


class Report:
    """Receives the progress of a run. This one shows nothing: for cron, and for callers with a display of their own."""

    shows_bars = False
    """True if other libraries may draw progress bars on this stream."""

    def say(self, text: str) -> None:
        """A line that stays."""

    def begin(self, series: Series, *, planned: int, landed: int) -> None:
        """A listing begins, or goes on after `landed` pages."""

    def page(self, record_count: int, budget: Budget | None) -> None:
        """A page is on disk."""

    def waiting(self, seconds: float, reason: str) -> None:
        """Nothing will happen for `seconds`."""

    def end(self) -> None:
        """The listing is complete, or will not be."""

    def begin_file(self, name: str, *, size: int, held: int) -> None:
        """A download begins, or goes on after `held` of its `size` bytes."""

    def bytes(self, count: int) -> None:
        """`count` more bytes were written."""

    def end_file(self) -> None:
        """The download is complete, or will not be."""


class Progress(Report):
    """A bar on a terminal; elsewhere (a log, the dashboard's refresh) a readable line every two seconds."""

    def __init__(self, stream: TextIO | Unbreakable) -> None:
        self._stream = stream if isinstance(stream, Unbreakable) else Unbreakable(stream)
        self._is_terminal = self.shows_bars = stream.isatty()
        self._bar: tqdm[NoReturn] | None = None
        self._label = "hubscope"

    def say(self, text: str) -> None:
        tqdm.write(text, file=self._stream)
        self._stream.flush()

    def begin(self, series: Series, *, planned: int, landed: int) -> None:
        self._label, self._planned, self._pages = label(series), max(planned, landed), landed
        self._records, self._fetched, self._started_at, self._shown_at = 0, 0, time.monotonic(), time.monotonic()
        if self._is_terminal:
            self._bar = tqdm(
                total=self._planned,
                initial=landed,
                desc=self._label,
                unit="page",
                file=self._stream,
                dynamic_ncols=True,
            )

    def page(self, record_count: int, budget: Budget | None) -> None:
        self._pages, self._fetched, self._records = (
            self._pages + 1,
            self._fetched + 1,
            self._records + record_count,
        )
        seconds = max(time.monotonic() - self._started_at, 1e-3)
        rate = f"{self._records / seconds:,.0f} records/s"
        if budget:
            rate += f", {budget.remaining:,}{f' of {budget.limit:,}' if budget.limit else ''} requests left"
        if self._bar is not None:
            self._bar.set_postfix_str(rate, refresh=False)
            self._bar.update()
        elif time.monotonic() - self._shown_at >= LINE_EVERY:
            self._shown_at = time.monotonic()
            left = duration(seconds / self._fetched * max(0, self._planned - self._pages))
            pages = f"{self._pages:,} of about {max(self._planned, self._pages):,} pages"
            self.say(f"{self._label}: {pages}, {self._records:,} records, {rate}, {left} left")

    def waiting(self, seconds: float, reason: str) -> None:
        self.say(f"{self._label}: waiting {duration(seconds)}, {reason}")

    def end(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
        else:
            seconds = time.monotonic() - self._started_at
            pages, records = _counted(self._pages, "page"), _counted(self._records, "record")
            self.say(f"{self._label}: {pages}, {records} in {duration(seconds)}")

    def begin_file(self, name: str, *, size: int, held: int) -> None:
        self._label, self._size, self._held, self._came = name, size, held, 0
        self._started_at = self._shown_at = time.monotonic()
        if self._is_terminal:
            self._bar = tqdm(
                total=size,
                initial=held,
                desc=name,
                unit="B",
                unit_scale=True,
                file=self._stream,
                dynamic_ncols=True,
            )

    def bytes(self, count: int) -> None:
        self._came += count
        if self._bar is not None:
            self._bar.update(count)
        elif time.monotonic() - self._shown_at >= LINE_EVERY:
            self._shown_at = time.monotonic()
            rate = self._came / (self._shown_at - self._started_at)
            there = self._held + self._came
            left = duration((self._size - there) / rate)
            self.say(
                f"{self._label}: {_megabytes(there)} of {_megabytes(self._size)}, {_megabytes(rate)}/s, {left} left"
            )

    def end_file(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
        else:
            taken = duration(time.monotonic() - self._started_at)
            self.say(f"{self._label}: {_megabytes(self._held + self._came)} in {taken}")


def _megabytes(number: float) -> str:
    return f"{number / 1e6:,.0f} MB"


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def duration(seconds: float) -> str:
    """`40 s`, `12 min`, `3.5 h`."""
    if seconds >= 5_400:
        return f"{seconds / 3600:.1f} h"
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
