"""What a reader chose, and how it is written in an address.

Every view is a link: `Choices` is read from query parameters (whatever they hold) and written back to them. Parameters
that make no sense are ignored, never an error, since links are retyped, cut and guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from warehouse.manifest import moment_of, run_id_of

if TYPE_CHECKING:
    from warehouse.read import Snapshot

KINDS = ("model", "dataset", "space")
COVERAGES = ("full", "archive", "top", "newest")
WEIGHTS = ("repositories", "downloads_30d", "downloads_all_time")
LONGEST_QUERY = 4_000
"""Of the SQL in an address: what every browser and chat takes as a link."""
LONGEST_TEXT = 200
UNDECLARED = "undeclared"
"""The id of what a repository does not state, in every column of the marts."""
LONGEST_PIN = 16
SEPARATOR = ","  # between several values of one choice; no id of the Hub or of OpenAI holds one
_PIN = re.compile(r"\d{8}T\d{6}Z")


@dataclass(frozen=True)
class Extra:
    """A choice of one page only: one of `allowed`, or when that is empty any text of at most `longest` characters."""

    name: str
    default: str = ""
    allowed: tuple[str, ...] = ()
    longest: int = LONGEST_TEXT
    tabs: tuple[str, ...] = ()
    """Those whose pictures it changes; empty: all."""

    def read(self, text: str | None) -> str:
        """The value in an address, or the default when it is missing or not allowed."""
        if text is None or (self.allowed and text not in self.allowed):
            return self.default
        return text[: self.longest]


@dataclass(frozen=True)
class Choices:
    """One view of the data. Hashable, so that it can key a cache."""

    kind: str = "model"
    coverage: str | None = None
    """None: the widest coverage there is at that time; of two whole ones, the newer."""
    as_of: datetime | None = None
    """Naive UTC; None follows the newest snapshot."""
    weight: str = "repositories"
    with_undeclared: bool = True
    extras: tuple[tuple[str, str], ...] = ()
    """Choices of one page, by name."""

    @classmethod
    def from_address(cls, parameters: Mapping[str, str], extras: Iterable[Extra] = ()) -> Choices:
        """Read query parameters; what is unknown or makes no sense becomes the default."""
        return cls(
            kind=_one_of(parameters.get("kind"), KINDS) or "model",
            coverage=_one_of(parameters.get("coverage"), COVERAGES),
            as_of=read_pin(parameters.get("as_of")),
            weight=_one_of(parameters.get("weight"), WEIGHTS) or "repositories",
            with_undeclared=parameters.get("undeclared") != "0",
            extras=tuple((extra.name, extra.read(parameters.get(extra.name))) for extra in extras),
        )

    def to_address(self) -> dict[str, str]:
        """The query parameters of this view; defaults are left out, so that links stay short."""
        parameters = {
            "kind": self.kind if self.kind != "model" else "",
            "coverage": self.coverage or "",
            "as_of": write_pin(self.as_of) if self.as_of else "",
            "weight": self.weight if self.weight != "repositories" else "",
            "undeclared": "" if self.with_undeclared else "0",
            **dict(self.extras),
        }
        return {name: value for name, value in parameters.items() if value}

    def extra(self, name: str) -> str:
        """A choice of this page; empty when the page has no such choice."""
        return dict(self.extras).get(name, "")

    def pinned(self, snapshot: Snapshot) -> Choices:
        """The same view, held at one snapshot."""
        return replace(self, coverage=snapshot.coverage, as_of=snapshot.snapshot_at)


def read_pin(text: str | None) -> datetime | None:
    """`20261124T120000Z` as a naive UTC moment; None for anything else."""
    if text is None or not _PIN.fullmatch(text):
        return None
    try:
        return moment_of(text)
    except ValueError:  # the 31st of February
        return None


def read_day(text: str) -> datetime | None:
    """A pin as above, or a day, `2026-11-24`, to its end; None for anything else."""
    if (pinned := read_pin(text)) is not None:
        return pinned
    try:
        return datetime.combine(datetime.strptime(text, "%Y-%m-%d"), time.max)
    except ValueError:
        return None


def write_pin(moment: datetime) -> str:
    """A moment as it stands in an address (and as the run is named in the lake)."""
    return run_id_of(moment)


def _one_of(text: str | None, allowed: tuple[str, ...]) -> str | None:
    return text if text in allowed else None
