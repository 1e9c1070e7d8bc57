"""Lesson 2: the layers of the Hub, and what each of its features rests on."""

from itertools import pairwise

import pytest

from dashboard import theme
from dashboard.captions import nothing
from dashboard.charts import layers
from dashboard.choices import Choices
from dashboard.figures.facts import NothingToShow
from dashboard.lessons.hub_architecture import LESSON
from dashboard.say import LANGUAGES, Say
from tests.warehouse.marts import DATASETS, MODELS, SPACES, built, model, space
from warehouse.read import open_current

SAY = Say("en")


def _models(count: int, name: str, **fields) -> list[dict]:
    return [model(f"{name}{number}", **fields) for number in range(count)]


def _small(home, *, generating: int = 3):
    built(
        home,
        {
            MODELS: [
                *_models(generating, "g", library_name="transformers", pipeline_tag="text-generation", gated=False),
                *_models(2, "i", library_name="diffusers", pipeline_tag="text-to-image", gated="auto"),
                *_models(5, "u", tags=["license:mit"]),
            ],
            DATASETS: _models(4, "d"),
            SPACES: [space("s1", 1, models=["a/g0"]), space("s2", 1)],
        },
    )
    return open_current(home)


def _rows(facts, mark: str) -> list[dict]:
    spec = LESSON.figure.draw(facts, SAY, Choices()).to_dict()
    drawn = next(layer for layer in spec["layer"] if layer["mark"]["type"] == mark)
    return spec["datasets"][drawn["data"]["name"]]


def _thickness(row: dict) -> float:
    return row["y2"] - row["y"]


def test_every_width_is_to_one_scale(home):
    facts = LESSON.figure.read(_small(home), Choices())
    blocks, bands = _rows(facts, "rect"), _rows(facts, "area")
    scale = _thickness(blocks[0]) / blocks[0]["count"]
    assert all(_thickness(row) == pytest.approx(row["count"] * scale) for row in [*blocks, *bands])


def test_what_enters_a_block_leaves_it(home):
    facts = LESSON.figure.read(_small(home), Choices())
    blocks = {row["node"]: row["count"] for row in _rows(facts, "rect") if row["layer"] == 1}
    left = [row for row in _rows(facts, "area") if row["words"].startswith("Transformers → ")]
    assert blocks == {"transformers": 3, "diffusers": 2, "undeclared": 5}
    assert sum(row["count"] for row in left) == 4 * blocks["transformers"]  # four points draw a band


def test_datasets_and_spaces_stand_beside_and_nothing_flows_from_them(home):
    facts = LESSON.figure.read(_small(home), Choices())
    first = {row["node"]: row["count"] for row in _rows(facts, "rect") if row["layer"] == 0}
    assert first == {"model": 10, "dataset": 4, "space": 2}
    assert not [row for row in _rows(facts, "area") if row["words"].startswith(("Datasets", "Spaces"))]


def test_what_declares_nothing_is_grey_and_last(demo_home):
    facts = LESSON.figure.read(open_current(demo_home), Choices())
    blocks = _rows(facts, "rect")
    for layer in (1, 2, 3):
        nodes = [row for row in blocks if row["layer"] == layer]
        assert (nodes[-1]["node"], nodes[-1]["colour"]) == ("undeclared", theme.NEUTRAL)
    assert sum(row["layer"] == 1 for row in blocks) <= 8
    assert sum(row["layer"] == 2 for row in blocks) <= 10
    assert sum(row["layer"] == 3 for row in blocks) <= 8


def test_nothing_leaves_the_picture_and_labels_keep_apart(demo_home):
    facts = LESSON.figure.read(open_current(demo_home), Choices())
    blocks = _rows(facts, "rect")
    assert max(row["y2"] for row in blocks) <= layers.HEIGHT + 1e-6
    for layer in range(4):
        middles = [row["middle"] for row in blocks if row["layer"] == layer]
        assert all(later - earlier > 17 for earlier, later in pairwise(middles))


def test_the_sentence_names_the_widest_path(home):
    facts = LESSON.figure.read(_small(home, generating=3), Choices())
    assert LESSON.see(facts, SAY).startswith("50.0% of models")
    assert "through Transformers to Text Generation: 3 of the 5" in LESSON.see(facts, SAY)


def test_the_sentence_changes_with_the_data(home):
    facts = LESSON.figure.read(_small(home, generating=1), Choices())
    assert "through Diffusers to Text-to-Image: 2 of the 3" in LESSON.see(facts, SAY)


def test_a_model_without_a_library_leaves_no_path_to_name(home):
    built(home, {MODELS: _models(2, "t", pipeline_tag="translation")})
    facts = LESSON.figure.read(open_current(home), Choices())
    assert "none of these names its library" in LESSON.see(facts, SAY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nobody_declares_anything_there_is_a_reason(home, language):
    built(home, {MODELS: _models(2, "u")})
    with pytest.raises(NothingToShow) as missing:
        LESSON.figure.read(open_current(home), Choices())
    assert nothing(Say(language), missing.value)


def test_the_table_counts_each_feature_and_says_of_how_many(home):
    table = LESSON.table.lay(LESSON.table.read(_small(home), Choices()), SAY)
    measured = dict(zip(table["Feature"], table["Measured today"], strict=True))
    assert measured["Modular"] == "0"
    assert measured["Open"] == "60.0% of 5"  # five models tell of no gate
    assert measured["Easy to use"] == "30.0% of 10"
    assert measured["Findable"] == "50.0% of 10"
    assert measured["Documented"] == SAY("ui.unknown")
    assert measured["Tangible"] == "50.0% of 2"
