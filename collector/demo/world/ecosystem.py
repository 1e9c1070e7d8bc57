"""The simulated world as a whole: who is there at a moment, in which order, and what the records say."""

from datetime import UTC, date, datetime
from functools import lru_cache

import numpy as np

from collector.demo.world.arrivals import Growth
from collector.demo.world.calibration import DATASET_TOTALS, MODEL_TOTALS, SIZE_DATE, SPACE_TOTALS
from collector.demo.world.chance import Floats, Ints, seconds
from collector.demo.world.kinds import Datasets, Models, Spaces
from collector.demo.world.repositories import Repositories

DEFAULT_SEED = 2026
NOON = 12 * 3_600
# Datasets and Spaces for each model in the autumn of 2026 (1.03 and 1.44 million to 3.03, see calibration.py).
DATASETS_A_MODEL = 0.34
SPACES_A_MODEL = 0.47


class Ecosystem:
    """Models, datasets and Spaces of an invented Hub, as of any moment up to `until`.

    models, datasets, spaces: repositories alive on SIZE_DATE (2026-11-01); datasets and Spaces follow the models unless
    given. A world asked for until a later day is the same world, longer; one of another size or seed is another world.
    """

    def __init__(
        self,
        models: int = 32_500,
        datasets: int | None = None,
        spaces: int | None = None,
        *,
        seed: int = DEFAULT_SEED,
        until: date = SIZE_DATE,
    ) -> None:
        self.until = until
        self.name = world_name(models, seed)
        size = datasets or round(models * DATASETS_A_MODEL)
        self.models = Models(Growth(MODEL_TOTALS, size=models, until=until), seed=seed, size=models)
        self.datasets = Datasets(Growth(DATASET_TOTALS, size=size, until=until), seed=seed, size=size)
        size = spaces or round(models * SPACES_A_MODEL)
        growth = Growth(SPACE_TOTALS, size=size, until=until)
        self.spaces = Spaces(growth, self.models, self.datasets, seed=seed, size=size)
        self.kinds: dict[str, Repositories] = {"models": self.models, "datasets": self.datasets, "spaces": self.spaces}
        self.listing = lru_cache(maxsize=12)(self._listing)

    def _listing(self, kind: str, sort: str, at: int) -> tuple[Ints, Ints | Floats]:
        """Rows alive at a moment, most first, and what they are sorted by; ties in order of `_id`."""
        repositories = self.kinds[kind]
        rows = np.flatnonzero(repositories.is_alive(at))
        values = repositories.values(sort, rows, at)
        # Within a second `_id` goes on in order of creation; at equal values it begins with the second.
        order = np.lexsort((rows, -values))
        return rows[order], values[order]


def world_name(models: int, seed: int) -> str:
    """Stands in addresses, so that a manifest says which world it is of."""
    return f"{models}-models-seed-{seed}"


def moment(text: str) -> int:
    """Unix seconds of an ISO date (its noon, UTC) or date and time (UTC unless it says otherwise)."""
    at = datetime.fromisoformat(text)
    if len(text) == len("2026-11-01"):
        return seconds(at.date()) + NOON
    return int(at.replace(tzinfo=at.tzinfo or UTC).timestamp())
