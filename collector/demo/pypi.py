"""The simulated pypistats: downloads a day of the libraries, growing, quieter at weekends. All levels are invented."""

import json
from datetime import UTC, datetime, timedelta

import numpy as np

from collector.demo.chance import uniform
from collector.demo.growth import DAY, YEAR

WINDOW_DAYS = 180  # pypistats.org keeps the last 180 days
LAG_DAYS = 1  # a day is counted on the next
WEEKEND = 0.55
LEVELS = {
    "transformers": (900_000, 1.45),
    "datasets": (500_000, 1.4),
    "tokenizers": (950_000, 1.4),
    "huggingface-hub": (1_700_000, 1.6),
    "diffusers": (60_000, 1.2),
    "peft": (110_000, 1.5),
    "sentence-transformers": (160_000, 1.5),
    "openai": (900_000, 2.1),
}
"""Package to downloads on a working day at the beginning of 2025, and the factor of a year."""
BEGINNING = datetime(2025, 1, 1, tzinfo=UTC).timestamp()


def overall_document(package: str, at: int) -> bytes | None:
    """`/api/packages/<package>/overall?mirrors=false` at a moment; None for a package that is not there."""
    if package not in LEVELS:
        return None
    last = datetime.fromtimestamp(at, UTC).date() - timedelta(days=LAG_DAYS)
    days = [last - timedelta(days=back) for back in range(WINDOW_DAYS - 1, -1, -1)]
    counts = _downloads(package, np.array([day.toordinal() for day in days]))
    data = [
        {"category": "without_mirrors", "date": day.isoformat(), "downloads": int(count)}
        for day, count in zip(days, counts, strict=True)
    ]
    return json.dumps({"data": data, "package": package, "type": "overall_downloads"}).encode()


def _downloads(package: str, ordinals: np.ndarray) -> np.ndarray:
    """The same for a day, whenever it is asked for."""
    level, yearly = LEVELS[package]
    years = (ordinals - datetime.fromtimestamp(BEGINNING, UTC).toordinal()) * DAY / YEAR
    is_weekend = ordinals % 7 % 6 == 0  # ordinal 1 was a Monday, so 6 and 0 are Saturday and Sunday
    noise = 0.92 + 0.16 * uniform(len(package), package, ordinals)
    return level * yearly**years * np.where(is_weekend, WEEKEND, 1.0) * noise
