"""What a number needs before it may be said, and what is said instead: one rule for pages, lessons, slides, digest and site.

A figure names its needs (`Figure.needs`), a table those of each of its rows (`Table.needs`). A list of the most downloaded is no sample
of the Hub: it shows what is used, so a number of it names the list (`population`), and what only every repository tells is not said of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.choices import Choices
from dashboard.sentences import Label, Sentence, Sentences, Words
from warehouse.read import Snapshot, Warehouse


@dataclass(frozen=True)
class Need:
    """Something without which a number is not known."""

    name: str
    """`needs.lacking.<name>` says in a cell that it is missing."""
    reason: str
    """`ui.nothing.<reason>` says what is missing and which command brings it."""
    is_met: Callable[[Warehouse, Choices], bool]
    is_of_list: bool = False
    """Whether the number is of the listed repositories, and so must name the list that it is of."""

    def because(self, reason: str) -> "Need":
        """The same need, told in other words."""
        return replace(self, reason=reason)


def _chosen(warehouse: Warehouse, choices: Choices) -> Snapshot | None:
    return warehouse.snapshot(choices.kind, choices.coverage, choices.as_of)


def _listing(name: str, listing: str, reason: str) -> Need:
    """A list other than that of the Hub's repositories."""
    return Need(name, reason, lambda warehouse, choices: warehouse.snapshot(listing, as_of=choices.as_of) is not None)


def _is_whole(warehouse: Warehouse, choices: Choices) -> bool:
    snapshot = _chosen(warehouse, choices)
    return snapshot is not None and snapshot.is_whole


def _leads(warehouse: Warehouse, choices: Choices) -> bool:
    snapshot = _chosen(warehouse, choices)
    return snapshot is not None and (snapshot.is_whole or snapshot.coverage == "top")


def _has_earlier(warehouse: Warehouse, choices: Choices) -> bool:
    snapshot = _chosen(warehouse, choices)
    return snapshot is not None and snapshot.previous_snapshot_at is not None


def _is_listed(warehouse: Warehouse, choices: Choices) -> bool:
    return _chosen(warehouse, choices) is not None


LISTED = Need("listed", "no_snapshot", _is_listed, is_of_list=True)
"""Any list of repositories; the number is of that list, and says so."""
LEADING = Need("leading", "needs_leading", _leads)
"""The most used, so a whole list or a top one; the number names them itself: "the 100 most downloaded"."""
WHOLE = Need("whole", "needs_whole", _is_whole, is_of_list=True)
"""Every repository."""
EARLIER = Need("earlier", "needs_earlier", _has_earlier)
"""Two snapshots of the same coverage."""
OPENAI = _listing("openai", "openai_models", "no_openai")
CATALOGUE = _listing("catalogue", "catalogue_models", "no_catalogue")
OPENAI_MODELS = Need(
    "openai",
    "no_openai",
    lambda warehouse, choices: OPENAI.is_met(warehouse, choices) or CATALOGUE.is_met(warehouse, choices),
)
"""OpenAI's models, from its own list or from the catalogue that stands in for it."""
PYPI = _listing("pypi", "pypi_downloads", "no_pypi")
CENSUS = _listing("census", "hub_counts", "no_census")
"""The Hub's own totals."""
TOTAL = Need(
    "census",
    "no_census",
    lambda warehouse, choices: WHOLE.is_met(warehouse, choices) or CENSUS.is_met(warehouse, choices),
)
"""How many there are in all: of a list of every repository, or by the Hub's own count."""


FIELD = "field"
"""What a row lacks whose list of repositories does not tell it."""


def lacking(needs: tuple[Need, ...], warehouse: Warehouse, choices: Choices) -> list[Need]:
    """Those that are not met, in their order."""
    return [need for need in needs if not need.is_met(warehouse, choices)]


def held(frame: pd.DataFrame, needs: list[Need | None], unmet: list[Need], *, value: str, lacks: str) -> pd.DataFrame:
    """Rows that measure different things, each with its need, with those blanked (column `value`) whose need is not met.

    `lacks` names what a row without a value lacks: its need, or FIELD where the list of repositories does not tell.
    """
    known = frame[value].mask(pd.Series([need in unmet for need in needs], frame.index))
    missing = [_lacks(need, need in unmet, number) for need, number in zip(needs, known, strict=True)]
    return frame.assign(**{value: known, lacks: pd.Series(missing, frame.index, dtype="object")})


def _lacks(need: Need | None, is_unmet: bool, number: float) -> str | None:
    if need is None:
        return None
    if is_unmet:
        return need.name
    return FIELD if need.is_of_list and pd.isna(number) else None


def population(snapshot: Snapshot) -> Sentence:
    """What the numbers of a snapshot are of: "models", "the 10,000 most downloaded models"."""
    kind = Label("ui.noun", snapshot.kind)
    if snapshot.is_whole:
        return Sentence("needs.population.whole", {"kind": kind})
    by = Label("needs.most", snapshot.kind)
    return Sentence(f"needs.population.{snapshot.coverage}", {"kind": kind, "n": snapshot.repository_count, "by": by})


def among(snapshot: Snapshot | None, needs: tuple[Need, ...], sentence: Sentence | Sentences) -> Sentence | Sentences:
    """The sentence, which names the list that it speaks of unless that is the whole."""
    if snapshot is None or snapshot.is_whole or not any(need.is_of_list for need in needs):
        return sentence
    return Sentence("needs.among", {"population": population(snapshot), "sentence": sentence})


def remedy(reason: str, values: Mapping[str, object]) -> Sentence:
    """Why something is not shown, and which command changes that, with what it costs."""
    kind = Label("ui.noun", str(values.get("kind", "model")))
    return Sentence(f"ui.nothing.{reason}", {"whole": Words("needs.commands.whole"), **values, "kind": kind})
