"""The simulated models.dev: closed models and hosted open ones with prices that fall, dates, context and scores."""

import json

import numpy as np

from collector.demo.calibration import OPEN_LAG_MONTHS
from collector.demo.chance import uniform
from collector.demo.closed import ANNOUNCED_BEFORE, ClosedModel, closed_models
from collector.demo.growth import DAY, YEAR
from collector.demo.names import Base, bases

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
