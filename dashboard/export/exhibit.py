"""One figure or table with its facts, and all the words that go with it wherever it is taken."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

import pandas as pd

from dashboard import captions
from dashboard.charts.growth import lettered
from dashboard.choices import Choices
from dashboard.export.tables import readable
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table, headline, picture, title_of
from dashboard.printable import printable
from dashboard.published import site_address, view_address
from dashboard.say import Say
from dashboard.sentences import Sentence
from warehouse.read import Warehouse
from warehouse.sandbox.spreadsheet import csv_file

PRODUCT = "hubscope"
Shown = Figure | Table


@dataclass(frozen=True)
class Missing:
    """A figure or table that this build lacks, with the reason."""

    shown: Shown
    reason: NothingToShow

    @property
    def sentence(self) -> Sentence:
        """The reason, with the command that changes it."""
        return captions.why(self.reason)

    def why(self, say: Say) -> str:
        """The reason in words."""
        return say.write(self.sentence)


@dataclass(frozen=True)
class Exhibit:
    """A figure or table as one build holds it."""

    shown: Shown
    facts: Facts
    choices: Choices
    build_id: str

    @property
    def key(self) -> str:
        return self.shown.key

    @property
    def name(self) -> str:
        """For a file: "growth-cumulative"."""
        return self.key.replace(".", "-").replace("_", "-")

    @property
    def is_figure(self) -> bool:
        return isinstance(self.shown, Figure)

    @property
    def moment(self) -> datetime | None:
        """When its numbers were read from their source (naive UTC); None for facts that no snapshot dates."""
        return self.facts.snapshot.snapshot_at if self.facts.snapshot else None

    def title(self, say: Say) -> str:
        """Title in words."""
        if isinstance(self.shown, Table):
            return printable(say(f"{self.key}.title"))
        return printable(say.write(title_of(self.shown, self.facts, self.choices)))

    def headline(self, say: Say) -> str:
        """What a picture says, in words; its title where it tells no more, and that of a table."""
        if isinstance(self.shown, Table):
            return self.title(say)
        return printable(say.write(headline(self.shown, self.facts, self.choices)))

    def provenance(self, say: Say) -> str:
        """Whether it is simulated, snapshot, coverage, whose copy, counts and source in one line, which may be cut at its end."""
        parts = [say("ui.simulated")] if self.facts.is_simulated else []
        return printable(" · ".join([*parts, *captions.provenance(say, self.shown, self.facts)]))

    def address(self, say: Say) -> str:
        """Where the published site shows this view; empty where it does not, or nobody said where the site is."""
        return view_address(self.shown, self.choices, self.moment, say.language)

    def source_line(self, say: Say) -> str:
        """What stands below a picture that leaves us: provenance, and where to find more."""
        return f"{self.provenance(say)} · {self.address(say) or site_address() or PRODUCT}"

    def caveats(self, say: Say) -> list[str]:
        return [printable(caveat) for caveat in captions.caveats(say, self.shown, self.facts)]

    def legend(self, say: Say) -> list[str]:
        """Meaning of the milestone letters along the top of a picture, which on a page the tooltip gives."""
        if "milestones" not in self.facts.beside:
            return []
        drawn = lettered(self.facts.beside["milestones"], self.facts.frame).to_dict("records")
        return [
            printable(f"{row['letter']} · {say.date(row['milestone_date'])} · {row[f'title_{say.language}']}")
            for row in drawn
        ]

    def spec(
        self, say: Say, *, mode: str, width: int | str = "container", size: float = 1.0, height: int | None = None
    ) -> dict[str, Any] | None:
        """The finished picture; None for a table."""
        if not isinstance(self.shown, Figure):
            return None
        return picture(self.shown, self.facts, say, self.choices, mode=mode, width=width, size=size, height=height)

    def rows(self, say: Say) -> pd.DataFrame:
        """The table in the reader's language, every cell text."""
        if isinstance(self.shown, Table):
            return self.shown.lay(self.facts, say).map(printable)
        return readable(self.facts.frame, say)

    @cached_property
    def csv(self) -> bytes:
        """The rows behind it with their plain column names, as spreadsheets open them."""
        return csv_file(self.facts.frame)


def read_exhibit(warehouse: Warehouse, shown: Shown, choices: Choices) -> Exhibit | Missing:
    """Read a figure or table, of a kind that it can be drawn for, or say what is missing."""
    kinds = shown.kinds if isinstance(shown, Figure) else ()
    if kinds and choices.kind not in kinds:
        choices = replace(choices, kind=kinds[0])
    try:
        return Exhibit(shown, shown.read(warehouse, choices), choices, warehouse.build_id)
    except NothingToShow as reason:
        return Missing(shown, reason)
