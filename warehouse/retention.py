"""Which snapshots are kept for good."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from warehouse.listings import LISTINGS
from warehouse.manifest import Manifest


@dataclass(frozen=True)
class Retention:
    """Ages in days: the first snapshot of each day is kept below the one, of each week below the other, of each month for ever.

    The first of a period never changes, so that pruning every night keeps what pruning once a year does.
    """

    daily: int = 90
    weekly: int = 730

    def kept(self, moments: Iterable[datetime], today: date) -> set[datetime]:
        """Of one series. The newest always is."""
        ascending = sorted(moments)
        firsts: dict[tuple[object, ...], datetime] = {}
        for moment in ascending:
            for period in self._periods(moment, today):
                firsts.setdefault(period, moment)
        return {*firsts.values(), *ascending[-1:]}

    def _periods(self, moment: datetime, today: date) -> list[tuple[object, ...]]:
        age = (today - moment.date()).days
        periods: list[tuple[object, ...]] = [("month", moment.year, moment.month)]
        if age < self.weekly:
            periods.append(("week", *moment.isocalendar()[:2]))
        if age < self.daily:
            periods.append(("day", moment.date()))
        return periods


def prunable(manifests: Sequence[Manifest], retention: Retention, today: date) -> dict[tuple[str, str], list[datetime]]:
    """Series of repositories (listing, coverage) → the snapshots that its retention lets go, oldest first.

    Each series is judged by itself. A run that one of them keeps is kept whole, because marts look from one to another.
    Listings beside the Hub's are kept: they are small, and each of their rows is an event with its date.
    """
    series: dict[tuple[str, str], list[datetime]] = {}
    for manifest in manifests:
        for entry in manifest.listings:
            if LISTINGS[entry.listing].kind and entry.status == "ok":
                series.setdefault((entry.listing, entry.coverage), []).append(manifest.snapshot_at)
    kept = {moment for moments in series.values() for moment in retention.kept(moments, today)}
    pruned = {key: [moment for moment in moments if moment not in kept] for key, moments in series.items()}
    return {key: moments for key, moments in pruned.items() if moments}
