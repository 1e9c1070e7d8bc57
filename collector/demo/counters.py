"""Downloads and likes of each repository at any moment.

All-time downloads are one smooth rising curve per repository, cut to whole numbers: first users soon after the upload,
then a lasting use that grows, shrinks and sways. The 30-day counter is that curve's own last 30 days, so the two agree.
"""

from dataclasses import dataclass, field

import numpy as np

from collector.demo.calibration import ANCHOR, DATASET_COUNTED_BEFORE_BREAK, DATASET_COUNTING_BREAK
from collector.demo.chance import Floats, Ints, bits, normal, seconds, uniform
from collector.demo.growth import BACKFILL, DAY, YEAR

REFRESHED_AT = 8 * 3_600  # the Hub renews its counters once a day, mostly 07-09 UTC (seen on 176 days of 2026)
WINDOW = 30 * DAY


def refreshed(at: int) -> int:
    """The moment of the counters that are shown at a moment."""
    return (at - REFRESHED_AT) // DAY * DAY + REFRESHED_AT


@dataclass
class Downloads:
    """The curves of one kind; `rate` and `first_users` are fitted (`fit.py`), the rest is chance.

    rate: lasting downloads in 30 days around ANCHOR, or a month after creation if that is later.
    first_users: downloads that come in the first weeks, and with them the hits of long ago.
    """

    seed: int
    kind: str
    created: Ints
    rate: Floats
    first_users: Floats
    growth_a_year: float
    _now: tuple[Ints, int, Ints] | None = field(default=None, init=False, repr=False)

    def all_time(self, rows: Ints, at: int) -> Ints:
        """One page asks for both counters in turn, and both need the state of now: it is kept for the second."""
        now = refreshed(at)
        kept = self._now
        if kept is None or kept[0] is not rows or kept[1] != now:
            self._now = kept = (rows, now, self._whole(rows, now))
        return kept[2]

    def last_30_days(self, rows: Ints, at: int) -> Ints:
        return self.all_time(rows, at) - self._whole(rows, refreshed(at) - WINDOW)

    def _whole(self, rows: Ints, at: int) -> Ints:
        count = self.lasting(rows, at) * self.rate[rows] + self.early(rows, at) * self.first_users[rows]
        return np.floor(count + uniform(self.seed, self.kind + " phase", rows)).astype(np.int64)

    def early(self, rows: Ints, at: int) -> Floats:
        """Share (0-1) of the first users that have come."""
        pace = DAY * 60.0 ** uniform(self.seed, self.kind + " haste", rows)
        age = np.maximum(self._clock(at) - self._clock(self.created[rows]), 0.0)
        return 1.0 - np.exp(-age / pace)

    def lasting(self, rows: Ints, at: int) -> Floats:
        """What a rate of 1 has brought since the beginning: the integral of growth times sway."""
        created = self.created[rows]
        # Older than the Hub's dates: their downloads began up to three years before.
        began = np.where(
            created < BACKFILL + 2, created - 3 * YEAR * uniform(self.seed, self.kind + " age", rows), created
        )
        reference = np.maximum(float(seconds(ANCHOR)), created + WINDOW)
        growth = np.clip(self.growth_a_year + 0.35 * normal(self.seed, self.kind + " growth", rows), -1.0, 1.2)
        growth = np.where(np.abs(growth) < 0.02, 0.02, growth)
        sway = 0.3 * uniform(self.seed, self.kind + " sway", rows)
        pulse = 2 * np.pi / (0.2 + 0.8 * uniform(self.seed, self.kind + " pulse", rows))
        phase = 2 * np.pi * uniform(self.seed, self.kind + " start", rows)

        def antiderivative(moment: Floats) -> Floats:
            t = (moment - reference) / YEAR
            turn = pulse * t + phase
            swaying = sway * (growth * np.sin(turn) - pulse * np.cos(turn)) / (growth**2 + pulse**2)
            return np.exp(growth * t) * (1 / growth + swaying)

        until = np.maximum(self._clock(at), self._clock(began))
        return (antiderivative(until) - antiderivative(self._clock(began))) * (YEAR / WINDOW)

    def _clock(self, moment: Floats | Ints | int) -> Floats:
        """The counter's own time: for datasets it ran slower before September 2024, when less was counted."""
        if self.kind != "datasets":
            return np.asarray(moment, float)
        turn = seconds(DATASET_COUNTING_BREAK)
        return np.where(moment < turn, turn - (turn - moment) * DATASET_COUNTED_BEFORE_BREAK, moment)


@dataclass
class Likes:
    """Likes come with the first attention and then trickle in; a few are taken back."""

    seed: int
    kind: str
    created: Ints
    level: Floats
    """Likes that a repository will have in the end."""

    def count(self, rows: Ints, at: int) -> Ints:
        # 2 to 11 of 530 trending models lose likes on a day (recorded listings of 2026).
        week = bits(self.seed, f"{self.kind} taken back {at // (7 * DAY)}", rows)
        taken_back = np.where((week & np.uint64(31)) == 0, (week >> np.uint64(8)) % np.uint64(4), 0).astype(np.int64)
        return np.maximum(np.floor(self._given(rows, at)).astype(np.int64) - taken_back, 0)

    def trending(self, rows: Ints, at: int) -> Floats:
        """Likes of the last week, in halves: the Hub's own score is not documented."""
        return np.floor(2 * (self._given(rows, at) - self._given(rows, at - 7 * DAY))) / 2

    def _given(self, rows: Ints, at: int) -> Floats:
        patience = 20 * 20.0 ** uniform(self.seed, self.kind + " patience", rows)
        age = np.maximum(refreshed(at) - self.created[rows], 0) / DAY
        return self.level[rows] * (1.0 - np.exp(-age / patience))
