"""What models, datasets and Spaces have in common: who made them and when, when they go, their licence, what moves."""

from functools import cached_property

import numpy as np

from collector.demo.world import names, usage
from collector.demo.world.arrivals import DAY, NEVER, YEAR, Growth, removals
from collector.demo.world.calibration import KEPT_UP_SHARE, LICENCE_CHANGED
from collector.demo.world.chance import Flags, Floats, Ints, Mix, bits, uniform
from collector.demo.world.declared import NONE
from collector.demo.world.usage import Downloads, Likes

MACHINES = {"models": "5d1a3c0b5e", "datasets": "5d1a3c0da7", "spaces": "5d1a3c05ba"}
"""Middle of every `_id`, as the Mongo process writes it."""


class Repositories:
    """One kind of repository: a row for each that ever was, in order of creation; columns are arrays over rows.

    Times are Unix seconds. Codes are positions in a mix, -1 for "not declared".
    """

    kind: str
    licence_mix: Mix

    def __init__(self, growth: Growth, *, seed: int, size: int) -> None:
        """size: repositories alive on SIZE_DATE."""
        self.seed, self.size = seed, size
        self.created = growth.creations(seed, self.kind)
        self.removed = removals(seed, self.kind, self.created)
        self.rows = np.arange(len(self.created))

    downloads: Downloads | None = None
    likes: Likes

    @cached_property
    def alive_at_anchor(self) -> Ints:
        return np.flatnonzero(self.is_alive(usage.ANCHOR_AT))

    def is_alive(self, at: int) -> Flags:
        return (self.created <= at) & (self.removed > at)

    def settle_licences(self, codes: Ints) -> None:
        """Takes the licences at creation, and lets a few change or be added later."""
        self.licence_codes = codes.astype(np.int8)
        change = uniform(self.seed, self.kind + " licence changes", self.rows) < LICENCE_CHANGED
        later = self.licence_mix.draw(
            uniform(self.seed, self.kind + " later licence", self.rows),
            self.created,
            self.licence_mix.shares,
            self.created[self.alive_at_anchor],
        )
        change &= later != codes
        # Fewer add a licence than replace one: else the share that declares one would drift away from the figure.
        change &= (codes != NONE) | (uniform(self.seed, self.kind + " licence added", self.rows) < 0.2)
        self._later_licence = np.where(change, later, codes).astype(np.int8)
        when = self.created + (uniform(self.seed, self.kind + " licence changed", self.rows) * 2 * YEAR).astype(
            np.int64
        )
        self.changed = np.where(change, when, NEVER)

    def licence(self, rows: Ints, *, is_changed: bool) -> list[str | None]:
        codes = (self._later_licence if is_changed else self.licence_codes)[rows].tolist()
        return [None if code == NONE else self.licence_mix.names[code] for code in codes]

    def licence_codes_at(self, at: int) -> Ints:
        """Of every row, as declared at a moment."""
        return np.where(self.changed <= at, self._later_licence, self.licence_codes)

    def author_codes(self, rows: Ints) -> Ints:
        """Few publish much: the smallest codes are the busiest."""
        return (uniform(self.seed, self.kind + " author", rows) ** 2.2 * max(200, 0.3 * self.size)).astype(np.int64)

    def authors(self, rows: Ints) -> list[str]:
        return [names.author(code) for code in self.author_codes(rows).tolist()]

    def names(self, rows: Ints) -> list[str]:
        raise NotImplementedError

    def ids(self, rows: Ints) -> list[str]:
        return [f"{author}/{name}" for author, name in zip(self.authors(rows), self.names(rows), strict=True)]

    def keys(self, rows: Ints) -> list[str]:
        """`_id`: second of creation, machine, counter."""
        machine = MACHINES[self.kind]
        created = self.created[rows].tolist()
        return [f"{second:08x}{machine}{row:06x}" for second, row in zip(created, rows.tolist(), strict=True)]

    def name_draws(self, rows: Ints) -> list[int]:
        draws: list[int] = (bits(self.seed, self.kind + " name", rows) >> np.uint64(40)).astype(np.int64).tolist()
        return draws

    def modified(self, rows: Ints, at: int) -> Ints:
        """The last commit: within days of the first, unless the licence changed or somebody keeps it up."""
        created = self.created[rows]
        draw = uniform(self.seed, self.kind + " first days", rows)
        edited = created + (-np.log(draw) * DAY).astype(np.int64)
        last = np.where(edited <= at, edited, created)
        period = (10 + 80 * draw) * DAY
        care = np.minimum(at - created, 2 * YEAR) // period * period
        is_kept_up = uniform(self.seed, self.kind + " kept up", rows) < KEPT_UP_SHARE
        last = np.where(is_kept_up, np.maximum(last, created + care.astype(np.int64)), last)
        return np.where(self.changed[rows] <= at, np.maximum(last, self.changed[rows]), last)

    def values(self, sort: str, rows: Ints, at: int) -> Floats | Ints:
        """What a listing is sorted by."""
        if sort == "createdAt":
            return self.created[rows]
        if sort == "lastModified":
            return self.modified(rows, at)
        if sort == "likes":
            return self.likes.count(rows, at)
        if sort == "trendingScore":
            return self.likes.trending(rows, at)
        if sort == "downloads" and self.downloads is not None:
            return self.downloads.last_30_days(rows, at)
        raise KeyError(sort)
