"""hubscope in a notebook: its figures as Altair charts, their rows and a reader's own SQL as data frames, each with its source.

`hubscope.open()` gives an `Observatory`. Nothing is written, and no network is needed.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches
from typing import Any

import altair as alt
import pandas as pd

from dashboard.choices import COVERAGES, KINDS, WEIGHTS, Choices, Extra, read_day
from dashboard.export.exhibit import Exhibit, Missing, Shown, read_exhibit
from dashboard.lessons import LESSONS
from dashboard.say import LANGUAGES, Say
from dashboard.sheets import SHEETS
from warehouse.errors import NothingToExport, QueryError
from warehouse.read import MOST_ROWS, Warehouse, open_current
from warehouse.settings import Home

COMMON = {"kind": KINDS, "coverage": COVERAGES, "weight": WEIGHTS, "undeclared": ("0", "1"), "as_of": ()}
"""Choices that every figure takes, and what each may be; further ones are of its page or lesson."""


class Observatory:
    """One build of one home. It answers the same until two newer builds are made; open it anew for the newest."""

    def __init__(self, home: Home, language: str = LANGUAGES[0]) -> None:
        """language: "zh" or "en", of titles, captions and headings. NoWarehouse before the first snapshot."""
        self.warehouse: Warehouse = open_current(home)
        self.say = Say(language)
        self._shown = _everything()

    def __repr__(self) -> str:
        made_up = ", simulated" if self.warehouse.is_simulated else ""
        return f"<hubscope: {self.warehouse.newest_snapshot_at:%Y-%m-%d %H:%M} UTC, build {self.warehouse.build_id}{made_up}>"

    @property
    def names(self) -> list[str]:
        """Of all figures and tables, as `figure` and `data` take them."""
        return list(self._shown)

    def sql(self, text: str, *, limit: int = MOST_ROWS) -> pd.DataFrame:
        """The first `limit` rows of a query in DuckDB's SQL; `attrs` says of which build. QueryError when it fails.

        Start from `repositories`, `show tables`, or `history`; the limits are those of the SQL page.
        """
        return self._attributed(self.warehouse.run_sql(text, limit=limit), sql=text)

    def figure(self, name: str, *, mode: str = "light", **choices: str | datetime) -> alt.Chart:
        """The chart of a figure or of a lesson, as pages and slides show it; its title says date and coverage.

        mode: "light" or "dark". choices: as in a link, such as `weight="downloads_30d"`, `kind="dataset"`, and `as_of`, a day
        ("2026-01-01"), a link's pin or a moment in UTC. NothingToExport, with the command that helps, when the build lacks it.
        """
        spec = self._read(name, choices).spec(self.say, mode=mode, width=640)
        if spec is None:
            raise QueryError(f"{name} is a table: ask for it with data({name!r}).")
        spec["config"]["legend"].pop("layout", None)  # Vega knows it, and Altair's schema of Vega-Lite does not
        return alt.Chart.from_dict(spec)

    def data(self, name: str, **choices: str | datetime) -> pd.DataFrame:
        """The rows behind a figure or table; `attrs` holds title, provenance, caveats and the SQL that gives them."""
        exhibit = self._read(name, choices)
        return self._attributed(
            exhibit.facts.frame.copy(),
            title=exhibit.title(self.say),
            provenance=exhibit.provenance(self.say),
            caveats=exhibit.caveats(self.say),
            sql=exhibit.facts.sql,
        )

    def _read(self, name: str, choices: Mapping[str, str | datetime]) -> Exhibit:
        if name not in self._shown:
            near = get_close_matches(name, self._shown, n=3, cutoff=0.4)
            raise QueryError(f"There is no figure {name!r}. {'Near: ' + ', '.join(near) if near else 'See names'}.")
        shown, extras = self._shown[name]
        found = read_exhibit(self.warehouse, shown, _chosen(name, choices, extras))
        if isinstance(found, Missing):
            raise NothingToExport(found.why(self.say))
        return found

    def _attributed(self, frame: pd.DataFrame, **said: Any) -> pd.DataFrame:
        frame.attrs = {
            "build_id": self.warehouse.build_id,
            "newest_snapshot_at": self.warehouse.newest_snapshot_at,
            "is_simulated": self.warehouse.is_simulated,
            "copied_from": self.warehouse.copied.source if self.warehouse.copied else None,
            **said,
        }
        return frame


def _everything() -> dict[str, tuple[Shown, tuple[Extra, ...]]]:
    """All figures and tables by name, with the choices that they take beside the common ones."""
    found: dict[str, tuple[Shown, tuple[Extra, ...]]] = {}
    for sheet in SHEETS:
        found |= {figure.key: (figure, sheet.extras) for figure in sheet.figures}
        found |= {table.key: (table, sheet.extras) for table in sheet.tables}
    for lesson in LESSONS:
        of_lesson: tuple[Shown, ...] = (lesson.figure, lesson.table, *lesson.more)
        found |= {shown.key: (shown, lesson.extras) for shown in of_lesson if shown.key not in found}
    return found


def _chosen(name: str, given: Mapping[str, str | datetime], extras: tuple[Extra, ...]) -> Choices:
    """The choices of a call, held to what there is to choose: in a link nonsense is passed over, here it is a mistake."""
    known = COMMON | {extra.name: extra.allowed for extra in extras}
    if unknown := sorted(given.keys() - known):
        raise QueryError(f"{name} has no choice named {', '.join(unknown)}; it takes {', '.join(sorted(known))}.")
    moment = given.get("as_of")
    as_of = read_day(moment) if isinstance(moment, str) else moment
    if moment is not None and as_of is None:
        raise QueryError(f"as_of={moment!r} is neither a day (2026-11-24), a pin (20261124T120000Z) nor a moment.")
    asked = {key: str(value) for key, value in given.items() if key != "as_of"}
    for key, value in asked.items():
        allowed = known[key]
        if allowed and value not in allowed:
            raise QueryError(f"{key}={value!r} is not known; {key} is one of {', '.join(allowed)}.")
    return replace(Choices.from_address(asked, extras), as_of=as_of)
