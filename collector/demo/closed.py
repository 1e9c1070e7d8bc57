"""The simulated OpenAI API: invented models that arrive, grow cheaper, are announced to shut down, and go.

Their ids end in `-sim` or hold it before a date, and no date, price or score here is one of OpenAI's.
"""

import csv
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from collector.demo.chance import seconds, uniform
from collector.demo.growth import DAY

ANNOUNCED_BEFORE = 180 * DAY  # a shutdown is announced half a year before
# 13 of 124 models were still listed after their own shutdown date (recorded answers, 2026-08-22).
LINGERS_UP_TO = 45 * DAY
PRICE_CUTS = ((300 * DAY, 0.6), (560 * DAY, 0.4))  # age, and the share of the first price that remains
DATED_EVERY = 130 * DAY  # between two dated snapshots of one model


@dataclass(frozen=True)
class ClosedModel:
    """One line of closed_models.csv: a name that goes on, and the dated snapshots behind it."""

    stem: str
    released_at: int
    retired_at: int | None
    context: int
    output: int
    input_usd: float
    output_usd: float
    """USD per million tokens at release; 0 for both where it is not sold by tokens."""
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    dated_count: int
    level: float
    """Score against the frontier of its day; 0 where none is published."""

    @property
    def id(self) -> str:
        return f"{self.stem}-sim"

    @property
    def draw(self) -> float:
        """In (0, 1), the model's own."""
        return float(uniform(sum(self.stem.encode()), self.stem, np.zeros(1, dtype=np.int64))[0])

    def price_share(self, at: int) -> float:
        """What remains of the first price."""
        if self.draw < 0.4:
            return 1.0  # never cut: most models are replaced, not made cheaper
        age = at - self.released_at - int(60 * DAY * self.draw)
        return min([share for after, share in PRICE_CUTS if age >= after], default=1.0)


@cache
def closed_models() -> tuple[ClosedModel, ...]:
    with (Path(__file__).parent / "closed_models.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            ClosedModel(
                stem=row["stem"],
                released_at=_moment(row["released"]),
                retired_at=_moment(row["retired"]) if row["retired"] else None,
                context=int(row["context"] or 0),
                output=int(row["output"] or 0),
                input_usd=float(row["input_usd"] or 0),
                output_usd=float(row["output_usd"] or 0),
                inputs=tuple(row["inputs"].split("+")),
                outputs=tuple(row["outputs"].split("+")),
                dated_count=int(row["dated_count"]),
                level=float(row["level"] or 0),
            )
            for row in csv.DictReader(file)
        )


def listed(at: int) -> list[dict[str, object]]:
    """`data` of `GET /v1/models` at a moment, by id."""
    entries = []
    for model in closed_models():
        lingers = int(LINGERS_UP_TO * model.draw)
        if model.retired_at is not None and at >= model.retired_at + lingers:
            continue
        is_announced = model.retired_at is not None and at >= model.retired_at - ANNOUNCED_BEFORE
        shutdown = _day(model.retired_at) if is_announced and model.retired_at else None
        for model_id, created in _ids(model):
            if created <= at:
                entries.append(
                    {
                        "id": model_id,
                        "object": "model",
                        "created": created,
                        "owned_by": "sim-system",
                        "shutdown_date": shutdown,
                    }
                )
    return sorted(entries, key=lambda entry: str(entry["id"]))


def models_document(at: int) -> bytes:
    return json.dumps({"object": "list", "data": listed(at)}).encode()


def _ids(model: ClosedModel) -> list[tuple[str, int]]:
    """Every id of a model and when it was made; a dated id appears two hours after the name (recorded, 2026-04-21)."""
    dated = [model.released_at + number * DATED_EVERY for number in range(model.dated_count)]
    return [(model.id, model.released_at)] + [(f"{model.id}-{_day(made)}", made + 7_200) for made in dated]


def _day(at: int) -> str:
    return str(np.datetime64(at, "s"))[:10]


def _moment(day: str) -> int:
    """17:00 UTC: mornings in California."""
    return seconds(date.fromisoformat(day)) + 17 * 3_600
