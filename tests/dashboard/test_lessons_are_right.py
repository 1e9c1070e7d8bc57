"""What the lessons measure, held against counts of the lake's own rows, which no mart and no query of a lesson has touched."""

from collections import Counter
from statistics import median

import pytest

from dashboard.choices import Choices
from dashboard.lessons import LESSONS
from tests.warehouse.steps import state
from warehouse.listings import Series
from warehouse.marts import reference
from warehouse.read import open_current

OPEN_SOURCE = {"permissive", "copyleft", "public_domain"}


@pytest.fixture(scope="module")
def measured(demo_home) -> dict[str, float]:
    """Every row of the lessons' tables that measure by indicator: lesson and indicator to the value."""
    warehouse = open_current(demo_home)
    found = {}
    for lesson in LESSONS:
        frame = lesson.table.read(warehouse, Choices.from_address({}, lesson.extras)).frame
        if {"indicator", "value"} <= set(frame.columns):
            found |= {f"{lesson.slug}.{row.indicator}": row.value for row in frame.itertuples()}
    return found


@pytest.fixture(scope="module")
def listed(demo_home) -> dict[str, list[dict]]:
    """The records of the newest snapshot, as the lake remembers them."""
    at = open_current(demo_home).snapshot("model").snapshot_at
    return {
        kind: list(state(demo_home, at, Series(f"hub_{kind}")).values()) for kind in ("models", "datasets", "spaces")
    }


def _share(models: list[dict], holds) -> float:
    return sum(map(bool, map(holds, models))) / len(models)


def _class(licences: list[str]) -> str:
    known = {row["licence_id"]: row["licence_class"] for row in reference.rows("licence_classes")}
    classes = {known.get(licence, "other") for licence in licences} or {"undeclared"}
    return classes.pop() if len(classes) == 1 else "other"


def _gini(counts: list[int]) -> float:
    ordered = sorted(counts)
    weighted = sum(place * count for place, count in enumerate(ordered, 1))
    return 2 * weighted / (len(ordered) * sum(ordered)) - (len(ordered) + 1) / len(ordered)


def _counted(listed: dict[str, list[dict]]) -> dict[str, float]:
    models = listed["models"]
    downloads = sorted((model["downloads"] for model in models), reverse=True)
    libraries = Counter(model["library"] for model in models if model["library"])
    tasks = Counter(task for model in models for task in model["tasks"])
    links = [(base, model["id"]) for model in models for base in set(model["base_models"]) if base != model["id"]]
    sizes = [model["parameters"] for model in models if model["parameters"]]
    top = -(-len(models) // 100)
    return {
        "origins.models": len(models),
        "origins.datasets": len(listed["datasets"]),
        "origins.spaces": len(listed["spaces"]),
        "origins.downloads": sum(model["downloads_all_time"] for model in models if model["library"] == "transformers"),
        "origins.cards": _share(models, lambda model: model["has_card"]),
        "origins.authors": len({model["author"] for model in models}),
        "hub_architecture.modular": sum(count >= 100 for count in libraries.values()),
        "hub_architecture.broad": sum(count >= 100 for count in tasks.values()),
        "hub_architecture.open": 1 - _share(models, lambda model: model["gated"] in ("auto", "manual")),
        "hub_architecture.easy": libraries["transformers"] / len(models),
        "hub_architecture.findable": _share(models, lambda model: model["tasks"]),
        "hub_architecture.layered": _share(models, lambda model: model["base_models"]),
        "ecosystem_impact.reuse": _share(models, lambda model: model["base_models"]),
        "ecosystem_impact.per_base": len(links) / len({base for base, _ in links}),
        "ecosystem_impact.authors": len({model["author"] for model in models}),
        "ecosystem_impact.tasks": len(tasks),
        "ecosystem_impact.gini": _gini(downloads),
        "ecosystem_impact.top_1pct": sum(downloads[:top]) / sum(downloads),
        "advantages.own_machine": libraries["gguf"],
        "advantages.own_data": sum(bool(model["base_models"]) for model in models),
        "advantages.study": _share(models, lambda model: _class(model["licences"]) in OPEN_SOURCE),
        "challenges.median_memory": median(sizes) * 2 / 1e9,
        "challenges.too_large": sum(size * 2 > 80e9 for size in sizes) / len(sizes),
        "challenges.light": _share(
            models, lambda model: model["base_models"] and model["base_relation"] in ("adapter", "quantized")
        ),
        "challenges.no_licence": 1 - _share(models, lambda model: model["licences"]),
        "challenges.no_card": 1 - _share(models, lambda model: model["has_card"]),
        "synthesis.open_source": _share(models, lambda model: _class(model["licences"]) in OPEN_SOURCE),
        "synthesis.original": _share(models, lambda model: model["base_models"]),
        "synthesis.community": len({model["author"] for model in models}),
    }


def test_each_indicator_of_the_hub_is_what_the_lake_counts(measured, listed):
    counted = _counted(listed)
    assert {name: measured[name] for name in counted} == pytest.approx(counted)


def test_the_days_to_the_first_derivative_are_those_of_all_bases_of_a_family(demo_home, listed):
    warehouse = open_current(demo_home)
    lesson = next(lesson for lesson in LESSONS if lesson.slug == "ecosystem_impact")
    drawn = lesson.figure.read(warehouse, Choices()).frame.drop_duplicates("family_id")
    told = warehouse.query(
        "family_bases", kind="model", coverage="full", snapshot_at=warehouse.snapshot("model").snapshot_at
    )
    days = dict(zip(told["family_id"], told["median_days_to_first_derivative"], strict=True))
    assert list(drawn["median_days"]) == pytest.approx([days[family] for family in drawn["family_id"]], nan_ok=True)
    assert told["link_count"].sum() >= sum(bool(model["base_models"]) for model in listed["models"])
