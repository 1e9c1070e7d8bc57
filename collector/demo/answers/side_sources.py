"""The simulated OpenAI API, models.dev and pypistats.

Invented models arrive, grow cheaper, are announced to shut down, and go. Their ids end in `-sim` or hold it before a
date, and no date, price or score here is one of OpenAI's.
"""

import csv
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import numpy as np

from collector.demo.world.arrivals import DAY, YEAR
from collector.demo.world.calibration import OPEN_LAG_MONTHS
from collector.demo.world.chance import seconds, uniform
from collector.demo.world.names import Base, bases

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
    """The models of the simulated OpenAI, from `closed_models.csv`."""
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
    """The answer of `GET /v1/models` at a moment."""
    return json.dumps({"object": "list", "data": listed(at)}).encode()


def _ids(model: ClosedModel) -> list[tuple[str, int]]:
    """Every id of a model and when it was made; a dated id appears two hours after the name (recorded, 2026-04-21)."""
    dated = [model.released_at + number * DATED_EVERY for number in range(model.dated_count)]
    return [(model.id, model.released_at)] + [(f"{model.id}-{_day(made)}", made + 7_200) for made in dated]


def _moment(day: str) -> int:
    """17:00 UTC: mornings in California."""
    return seconds(date.fromisoformat(day)) + 17 * 3_600


MONTH = YEAR / 12
# Hosts of open models; prices against the cheapest. No figure published: the hosts are invented.
HOSTS = {
    "sim-gridworks": ("Gridworks", 1.0),
    "sim-rapidcloud": ("Rapidcloud", 1.25),
    "sim-homestead": ("Homestead", 1.6),
}
HOSTED_TASKS = ("text-generation", "image-text-to-text", "any-to-any")
HOSTED_SINCE = 1_690_000_000  # summer of 2023: older language models are not offered
CHEAPER_EVERY = 270 * DAY
CHEAPER_BY = 0.78
# Scores of the best closed model, in per cent by year: invented. The open ones trail by OPEN_LAG_MONTHS.
FRONTIER = {
    "SWE-Bench Verified (simulated)": {2024.0: 12.0, 2025.0: 48.0, 2026.0: 76.0, 2027.0: 88.0},
    "GPQA Diamond (simulated)": {2023.2: 35.0, 2024.5: 54.0, 2025.5: 82.0, 2027.0: 94.0},
}
BENCHMARK_SOURCE = "https://example.org/hubscope-demo"


def catalogue_document(at: int) -> bytes:
    """`api.json` at a moment: providers with their models."""
    providers = {
        "openai": _provider(
            "openai", "OpenAI (simulated)", [_closed(model, at) for model in closed_models() if _is_sold(model, at)]
        )
    }
    for host, (name, factor) in HOSTS.items():
        offers = [_hosted(base, host, factor, at) for base in bases() if _is_hosted(base, host, at)]
        providers[host] = _provider(host, f"{name} (simulated)", offers)
    return json.dumps(providers).encode()


def _provider(key: str, name: str, models: list[dict[str, object]]) -> dict[str, object]:
    listed = {str(model["id"]): model for model in models}
    return {"id": key, "name": name, "env": [], "npm": "simulated", "doc": BENCHMARK_SOURCE, "models": listed}


def _is_sold(model: ClosedModel, at: int) -> bool:
    """A catalogue by hand is a few days late, and keeps what is retired for some months, marked."""
    return model.released_at + 4 * DAY <= at and (model.retired_at is None or at < model.retired_at + 120 * DAY)


def _closed(model: ClosedModel, at: int) -> dict[str, object]:
    share = model.price_share(at)
    cost: dict[str, object] = {"input": round(model.input_usd * share, 4), "output": round(model.output_usd * share, 4)}
    if "text" in model.outputs and model.output_usd:
        cost["cache_read"] = round(model.input_usd * share * (0.5 if model.released_at < 1_750_000_000 else 0.1), 4)
    entry: dict[str, object] = {
        "id": model.id,
        "name": f"{model.stem} (simulated)",
        "family": model.stem.split("-")[0],
        "release_date": _day(model.released_at),
        "last_updated": _day(model.released_at),
        "open_weights": False,
        "limit": {"context": model.context, "output": model.output},
        "modalities": {"input": [*model.inputs], "output": [*model.outputs]},
        "benchmarks": _benchmarks(model.stem, model.level, model.released_at),
    }
    if model.input_usd:
        entry["cost"] = cost
    if "text" in model.outputs and model.level:
        entry["knowledge"] = _day(model.released_at - 250 * DAY)[:7]
    if model.retired_at is not None and at >= model.retired_at - ANNOUNCED_BEFORE:
        entry["status"] = "deprecated"
    return entry


def _is_hosted(base: Base, host: str, at: int) -> bool:
    """Each host offers the largest and two thirds of the other language models, from a week after release for years."""
    is_offered = base.task in HOSTED_TASKS and base.released_at > HOSTED_SINCE and base.parameters > 1e9
    is_chosen = base.parameters > 1e11 or _draw(host + base.name) < 0.66
    return is_offered and is_chosen and 7 * DAY <= at - base.released_at < 4 * YEAR


def _hosted(base: Base, host: str, factor: float, at: int) -> dict[str, object]:
    cuts = (at - base.released_at + _draw(base.name) * CHEAPER_EVERY) // CHEAPER_EVERY
    price = factor * 0.045 * (base.parameters / 1e9) ** 0.62 * CHEAPER_BY**cuts
    size = 0.62 + 0.46 * np.clip(np.log10(base.parameters / 1e9) / 2.1, 0.0, 1.0)
    context = 8_192 if base.released_at < 1_715_000_000 else 131_072 if base.released_at < 1_760_000_000 else 262_144
    return {
        "id": base.id,
        "name": f"{base.name} (simulated)",
        "family": base.name.split("-")[0].lower(),
        # Some entries state no more than the month.
        "release_date": _day(base.released_at)[: 7 if _draw(base.name + " date") < 0.15 else 10],
        "last_updated": _day(base.released_at),
        "open_weights": True,
        "cost": {"input": round(price, 3), "output": round(price * 2.8, 3)},
        "limit": {"context": context, "output": context // 4},
        "modalities": {"input": ["text"] if base.task == "text-generation" else ["text", "image"], "output": ["text"]},
        "weights": [{"label": "Hugging Face", "url": f"https://huggingface.co/{base.id}"}],
        "benchmarks": _benchmarks(base.name, float(size), base.released_at - round(OPEN_LAG_MONTHS * MONTH)),
    }


def _benchmarks(name: str, level: float, as_of: int) -> list[dict[str, object]]:
    """Scores as published at release: the frontier of a day, times what the model is against it."""
    if not level:
        return []
    year = 1970 + as_of / YEAR
    scores = []
    for benchmark, frontier in FRONTIER.items():
        if year >= min(frontier):
            score = np.interp(year, [*frontier], [*frontier.values()]) * level * (0.97 + 0.06 * _draw(name + benchmark))
            scores.append(
                {
                    "name": benchmark,
                    "score": round(float(min(score, 98.0)), 1),
                    "metric": "accuracy",
                    "source": BENCHMARK_SOURCE,
                }
            )
    return scores


def _draw(what: str) -> float:
    return float(uniform(0, what, np.zeros(1, dtype=np.int64))[0])


def _day(at: int) -> str:
    return str(np.datetime64(int(at), "s"))[:10]


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
    "torch": (1_100_000, 1.3),
    "accelerate": (300_000, 1.4),
    "vllm": (40_000, 2.4),
    "langchain": (700_000, 1.5),
    "litellm": (120_000, 3.0),
    "anthropic": (150_000, 3.2),
    "gradio": (180_000, 1.4),
    "spacy": (450_000, 1.1),
    "tensorflow": (420_000, 1.0),
    "onnxruntime": (480_000, 1.3),
    "safetensors": (800_000, 1.5),
    "evaluate": (60_000, 1.1),
    "trl": (25_000, 1.8),
    "timm": (90_000, 1.3),
    "optimum": (30_000, 1.2),
    "bitsandbytes": (45_000, 1.6),
    "sglang": (4_000, 3.0),
    "llama-cpp-python": (15_000, 1.3),
    "ollama": (40_000, 2.2),
    "llama-index": (35_000, 1.3),
    "google-genai": (20_000, 4.0),
    "mistralai": (25_000, 2.0),
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
