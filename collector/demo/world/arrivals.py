"""When repositories come and go, so that the number of living ones meets the dated totals."""

from datetime import date, datetime

import numpy as np

from collector.demo.world.calibration import BACKFILLED_AT, REMOVED_PER_YEAR, SIZE_DATE
from collector.demo.world.chance import Floats, Ints, bits, seconds, through, uniform

DAY = 86_400
YEAR = 365.25 * DAY
NEVER = np.int64(2**62)
BACKFILL = int((datetime.fromisoformat(BACKFILLED_AT) - datetime(1970, 1, 1)).total_seconds())


class Growth:
    """The curve of one kind of repository, in repositories of the real Hub; `scale` makes it this world's."""

    def __init__(self, totals: dict[date, int], *, size: int, until: date) -> None:
        """size: repositories alive on SIZE_DATE. Nothing is created on or after `until`."""
        days = np.arange(BACKFILL // DAY, max(seconds(until), seconds(SIZE_DATE)) // DAY + 1)
        alive = _extended(np.array([seconds(day) / DAY for day in totals]), np.array([*totals.values()], float), days)
        # What is created replaces what is removed, and adds the growth.
        removed = np.concatenate([[0.0], np.cumsum(alive[:-1]) * REMOVED_PER_YEAR * DAY / YEAR])
        self._days, self._ever = days, alive + removed
        self.scale = size / float(np.interp(seconds(SIZE_DATE) // DAY, days, alive))
        self._until = until

    def creations(self, seed: int, kind: str) -> Ints:
        """Creation times in Unix seconds, ascending; the oldest all bear the moment of the backfill."""
        count = int(np.interp(seconds(self._until) / DAY, self._days, self._ever) * self.scale)
        rows = np.arange(count)
        place = (rows + uniform(seed, f"{kind} creation", rows)) / self.scale
        created = (np.interp(place, self._ever, self._days) * DAY).astype(np.int64)
        # Some backfilled values are one second later: 23:29:04 and :05 both occur among models.
        backfilled = BACKFILL + (bits(seed, f"{kind} backfill", rows) & np.uint64(15) == 0).astype(np.int64)
        return np.sort(np.where(place < self._ever[0], backfilled, np.maximum(created, BACKFILL + 2)), kind="stable")


def removals(seed: int, kind: str, created: Ints) -> Ints:
    """Removal times in Unix seconds; each year takes the same share of what there is."""
    lifetime = -np.log(uniform(seed, f"{kind} removal", np.arange(len(created)))) / REMOVED_PER_YEAR * YEAR
    removed = created + lifetime.astype(np.int64)
    return np.where(lifetime > 30 * YEAR, NEVER, removed)


def _extended(at: Floats, totals: Floats, days: Ints) -> Floats:
    """Through the dated totals; after the last of them at the pace of the year before."""
    pace = (totals[-1] - np.interp(at[-1] - 365, at, totals)) / 365
    extended: Floats = through(at, totals, np.minimum(days, at[-1])) + np.maximum(days - at[-1], 0) * pace
    return extended
