"""A small lake in which every mart has rows: all kinds and coverages, comings and goings, side listings, pruned snapshots."""

from datetime import date
from random import Random
from typing import Any

from tests.warehouse.marts import CATALOGUE, DATASETS, MODELS, OPENAI, SPACES, TOP, model, openai_list, space, take_run
from warehouse.landing.run import Series
from warehouse.marts import reference
from warehouse.settings import Home
from warehouse.upkeep.prune import Retention, prune

ARCHIVE = Series("hub_models", "archive")
NEWEST = Series("hub_spaces", "newest", 5)
PYPI = Series("pypi_downloads")
COUNTS = Series("hub_counts")
DAYS = (1, 2, 10, 33, 34, 62, 63)
"""From 1 March 2026; of each month the first is kept, and the last of all."""
ODD_NAMES = (
    "a/ollama",
    "a/Llama.cpp",
    "T5-small",
    "a/mt5-base",
    "a/GPT2_x",
    "a/phi-4.gguf",
    "a/x (copy)",
    "a/gpt-3\\.5",
)
PAIR = [
    model("base", 7, id="a/base", createdAt="2025-01-01T00:00:00.900Z"),
    model("derivative", 5, baseModels={"relation": "merge", "models": [{"id": "a/base"}]}),
]
LICENCES = ([], ["license:mit"], ["license:apache-2.0"], ["license:mit", "license:gpl-3.0"], ["license:llama3"])


def collect_everything(home: Home) -> None:
    """Seven days, of which three are pruned; everything is built."""
    chance = Random(7)
    models = [_model(number, name, chance) for number, name in enumerate(_names())]
    for day in DAYS:
        for found in models:
            if "downloads" in found:
                found["downloads"] = max(0, found["downloads"] + chance.randint(-40, 60) * (day % 3))
            found["tags"] = chance.choice(LICENCES) if chance.random() < 0.1 else found["tags"]
        listed = [found for found in models if chance.random() < 0.8]
        leading = sorted(listed, key=lambda found: -found.get("downloads", 0))
        spaces = [space(f"s{n}", n * day % 11, models=["a/bert-1", f"a/t5-{n}", "a/gone"][n % 3 :]) for n in range(9)]
        listings: dict[Series, Any] = {
            MODELS: listed + PAIR,
            TOP: leading[:3],
            DATASETS: [
                model(f"d{n}", n * day, tags=["language:en", f"language:{'zh' if n % 2 else 'de'}"]) for n in range(6)
            ],
            SPACES: spaces[day % 3 :],
            NEWEST: spaces[:5],
            OPENAI: openai_list("gpt-4", "gpt-5.1", *(["o3"] if day % 2 else []), gpt_4=f"2027-01-{day // 30 + 1:02}"),
            CATALOGUE: {"openai": {"id": "openai", "name": "OpenAI", "models": _offers(day)}},
            PYPI: {"package": "openai", "data": [_downloads(back, day) for back in range(1, 4)]},
            COUNTS: {
                "counts": [
                    _count("whole", "all", 900 // day),
                    _count("licence", "mit", 90),
                    _count("task", "other", 70),
                ]
            },
        }
        if day % 10:
            listings[ARCHIVE] = listed[5:]
        take_run(home, day, listings)
    prune(home, Retention(1, 1), today=date(2026, 8, 1), say=lambda _: None)


def _names() -> list[str]:
    families = [row["family_id"] for row in reference.rows("model_families")]
    return [*(f"a/{family}-{number}" for number, family in enumerate(families)), "a/bert-1", *ODD_NAMES]


def _model(number: int, name: str, chance: Random) -> dict[str, Any]:
    base = {
        "relation": chance.choice(["finetune", "quantized"]),
        "models": [{"id": base} for base in ("a/bert-1", "a/gone")],
    }
    return model(
        f"m{number:03}",
        chance.choice([None, 0, 3, 250, 250, 9_000]),
        id=name,
        likes=number % 7,
        createdAt=chance.choice([None, "2022-03-02T23:29:04.000Z", f"2025-{number % 12 + 1:02}-03T10:00:{number % 60:02}.{number:03}Z"]),
        tags=chance.choice(LICENCES) + chance.choice([[], ["en"], ["en", "zh"]]),
        pipeline_tag=chance.choice([None, "fill-mask", "text-generation"]),
        library_name=chance.choice([None, "transformers", "gguf"]),
        safetensors=chance.choice([None, {"total": 10 ** (number % 12)}]),
        gated=chance.choice([None, False, "auto"]),
        baseModels=chance.choice([None, base]),
    )  # fmt: skip


def _offers(day: int) -> dict[str, Any]:
    offer = {
        "name": "GPT-5",
        "release_date": "2025-08-07",
        "open_weights": False,
        "limit": {"context": 400_000, "output": 128_000},
        "modalities": {"input": ["text", "image"], "output": ["text"]},
        "cost": {"input": day / 8, "output": 10},
        "benchmarks": [{"name": "SWE-Bench", "score": 74.9, "version": "2"}, {"name": "MMLU", "score": "n/a"}],
    }
    return {
        name: offer | {"id": name}
        for name in ("gpt-5.1", "gpt-4", *(["text-embedding-3"] if day % 2 else []))
    }  # fmt: skip


def _downloads(back: int, day: int) -> dict[str, Any]:
    return {"category": "without_mirrors", "date": f"2026-02-{28 - back + day // 31:02}", "downloads": 100 * back + day}


def _count(facet: str, value: str, count: int) -> dict[str, Any]:
    return {
        "kind": "model",
        "facet": facet,
        "value": value,
        "asked_at": "2026-02-28T12:00:00",
        "count": count,
        "fault": None,
    }
