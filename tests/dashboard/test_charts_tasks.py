"""Charts of tasks: modalities together, the undeclared in grey, populations never added up."""

import json

import pandas as pd
import pytest

from dashboard import figures, theme
from dashboard.charts import tasks as charts
from dashboard.choices import Choices
from dashboard.figures.facts import NothingToShow
from dashboard.say import Say
from tests.warehouse.marts import MODELS, SPACES, built, model, space
from warehouse.read import open_current

SAY = Say("en")


def _rows(spec: dict) -> list[dict]:
    return next(iter(spec["datasets"].values()))


def test_tasks_of_a_modality_stand_together_and_the_undeclared_come_last_in_grey(home):
    built(
        home,
        {
            MODELS: [
                *(model(f"g{n}", pipeline_tag="text-generation") for n in range(5)),
                *(model(f"i{n}", pipeline_tag="text-to-image") for n in range(3)),
                model("t", pipeline_tag="translation"),
                *(model(f"u{n}") for n in range(7)),
            ]
        },
    )
    facts = figures.tasks.COVERAGE.read(open_current(home), Choices())
    spec = figures.tasks.COVERAGE.draw(facts, SAY, Choices()).to_dict()
    assert [row["task_id"] for row in _rows(spec)] == ["text-generation", "translation", "text-to-image", "undeclared"]
    assert (facts.shown, facts.undeclared, facts.total) == (9, 7, 16)
    colours = spec["layer"][0]["encoding"]["color"]["scale"]
    assert dict(zip(colours["domain"], colours["range"], strict=True))["Not declared"] == theme.NEUTRAL


def test_leaving_out_the_undeclared_changes_the_picture_and_not_what_is_said_of_them(home):
    built(home, {MODELS: [model("a", pipeline_tag="translation"), model("b")]})
    facts = figures.tasks.COVERAGE.read(open_current(home), Choices(with_undeclared=False))
    assert list(facts.frame["task_id"]) == ["translation"]
    assert (facts.shown, facts.undeclared) == (1, 1)


def test_a_dataset_with_two_tasks_is_in_both_and_the_caption_says_so(demo_home):
    facts = figures.tasks.COVERAGE.read(open_current(demo_home), Choices(kind="dataset"))
    assert facts.notes == ("tasks.caveats.dataset",)


def test_a_cell_is_shaded_by_its_own_column_only():
    frame = pd.DataFrame(
        {"task": ["A", "B"] * 2, "population": ["Hub", "Hub", "API", "API"], "count": [1_000_000, 10, 4, 1]}
    )
    spec = charts.side_by_side(frame, SAY, columns=["Hub", "API"], alt_text="tasks.openai.alt").to_dict()
    shades = {(row["task"], row["population"]): row["shade"] for row in _rows(spec)}
    assert shades[("A", "Hub")] == shades[("A", "API")] == 1
    assert shades[("B", "API")] == 0.25


def test_a_kind_without_the_task_has_a_zero_and_not_a_gap(home):
    built(home, {MODELS: [model("a", pipeline_tag="translation")], SPACES: [space("s", 3)]})
    facts = figures.tasks.BY_KIND.read(open_current(home), Choices())
    spec = figures.tasks.BY_KIND.draw(facts, SAY, Choices()).to_dict()
    assert {row["count"] for row in _rows(spec)} == {1}


def test_a_library_with_a_hostile_name_is_drawn_as_text(home):
    hostile = "<script>alert(1)</script>"
    built(home, {MODELS: [model("a", library_name=hostile)]})
    facts = figures.tasks.LIBRARIES.read(open_current(home), Choices())
    spec = figures.tasks.LIBRARIES.draw(facts, SAY, Choices()).to_dict()
    assert _rows(spec)[0]["library"] == hostile
    json.dumps(spec)


def test_without_any_library_there_is_a_reason_instead_of_an_empty_chart(home):
    built(home, {MODELS: [model("a")]})
    with pytest.raises(NothingToShow, match="all_undeclared"):
        figures.tasks.LIBRARIES.read(open_current(home), Choices())


def test_without_a_catalogue_nobody_knows_what_openai_serves(home):
    built(home, {MODELS: [model("a", pipeline_tag="translation")]})
    with pytest.raises(NothingToShow, match="no_catalogue"):
        figures.tasks.OPENAI.read(open_current(home), Choices())
