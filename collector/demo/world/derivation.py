"""Which model is built on which: relation, base, and for merges a second base."""

from dataclasses import dataclass

import numpy as np

from collector.demo.world import calibration as real
from collector.demo.world.arrivals import DAY
from collector.demo.world.chance import Floats, Ints, choose, seconds, uniform
from collector.demo.world.names import bases

RELATIONS = tuple(real.RELATIONS)
MERGE = RELATIONS.index("merge")
FINETUNE = RELATIONS.index("finetune")
QUANTIZED = RELATIONS.index("quantized")
ADAPTER = RELATIONS.index("adapter")
FRESH = 300 * DAY  # a base's appeal falls to a third in this time, and to a quarter for good
SECOND_HAND = 0.25  # share of quantized and adapter models built on somebody's fine-tune: no figure published


@dataclass(frozen=True)
class Lineage:
    """One entry per model; -1 where there is none."""

    relation: Ints
    """Position in RELATIONS."""
    parent: Ints
    """Row of the base model."""
    second_parent: Ints
    """Row of a merge's other base."""
    root: Ints
    """Position in `bases()` of the model at the beginning of the line; for the bases themselves, their own."""


def plant(created: Ints) -> Ints:
    """The row of each base: the first repository created after its release, or -1 if this world ends before."""
    rows: list[int] = []
    for base in bases():
        row = int(np.searchsorted(created, base.released_at))
        rows.append(max(row, rows[-1] + 1 if rows else 0))
    planted = np.array(rows)
    return np.where(planted < len(created), planted, -1)


def descend(seed: int, created: Ints, base_rows: Ints, alive: Ints) -> Lineage:
    """alive: rows that the published share refers to."""
    count = len(created)
    rows = np.arange(count)
    habit = np.interp(created, [seconds(day) for day in real.BASE_HABIT], [*real.BASE_HABIT.values()])
    is_built = uniform(seed, "is built", rows) < habit * real.BASE_DECLARED / habit[alive].mean()
    is_built[base_rows[base_rows >= 0]] = False
    is_built &= created > created[base_rows[0]]

    relation, parent, second, root = (np.full(count, -1, dtype=np.int32) for _ in range(4))
    known = np.flatnonzero(base_rows >= 0)
    root[base_rows[known]] = known
    built = np.flatnonzero(is_built)
    relation[built] = choose(uniform(seed, "relation", built), np.array([*real.RELATIONS.values()], float))
    root[built] = pick_bases(seed, "base", built, created[built], created, base_rows)
    parent[built] = base_rows[root[built]]

    merged = built[relation[built] == MERGE]
    other = pick_bases(seed, "second base", merged, created[merged], created, base_rows)
    second[merged] = np.where(base_rows[other] == parent[merged], -1, base_rows[other])

    tuned = built[relation[built] == FINETUNE]
    again = built[np.isin(relation[built], (QUANTIZED, ADAPTER)) & (uniform(seed, "second hand", built) < SECOND_HAND)]
    earlier = np.searchsorted(created[tuned], created[again], side="left")
    again, earlier = again[earlier > 0], earlier[earlier > 0]
    # Recent fine-tunes are taken up more than old ones.
    chosen = tuned[earlier - 1 - (uniform(seed, "which fine-tune", again) ** 3 * earlier).astype(np.int64)]
    parent[again], root[again] = chosen, root[chosen]
    return Lineage(relation, parent, second, root)


def pick_bases(seed: int, what: str, rows: Ints, at: Ints, created: Ints, base_rows: Ints) -> Ints:
    """A base (position in `bases()`) for each row, among those that exist at `at`; the fresh ones are taken most.

    at: Unix seconds, ascending.
    """
    listed = np.flatnonzero(base_rows >= 0)
    appeared = created[base_rows[listed]]
    weight = np.array([bases()[number].children for number in listed])
    draws = uniform(seed, what, rows)
    chosen = np.zeros(len(rows), dtype=np.int64)
    days, starts = np.unique(at // DAY, return_index=True)
    for day, here in zip(days, np.split(np.arange(len(rows)), starts[1:]), strict=False):
        chosen[here] = choose(draws[here], _appeal(weight, appeared, int(day) * DAY))
    return listed[chosen]


def _appeal(weight: Floats, appeared: Ints, at: int) -> Floats:
    age = at - appeared
    appeal = np.where(age > 0, weight * (0.25 + np.exp(-np.maximum(age, 0) / FRESH)), 0.0)
    return appeal if appeal.any() else np.where(appeared == appeared.min(), 1.0, 0.0)
