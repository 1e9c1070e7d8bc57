"""Openness beyond the licence tag: what others judged, as they judged it, with the attribution that they ask for."""

import pytest

from dashboard.captions import provenance
from dashboard.choices import Choices
from dashboard.figures import openness
from dashboard.figures.facts import NothingToShow, picture
from dashboard.say import Say
from tests.warehouse.marts import MODELS, built, model
from warehouse.read import open_current


@pytest.fixture
def warehouse(home):
    built(home, {MODELS: [model("m")]})
    return open_current(home)


def test_a_family_is_judged_system_by_system_on_twelve_criteria(warehouse):
    choices = Choices(extras=(("family", "llama"),))
    frame = openness.CRITERIA.read(warehouse, choices).frame
    assert (frame.groupby("name")["criterion"].nunique() == 12).all()
    assert frame["name"].nunique() > 5
    with pytest.raises(NothingToShow, match="not_in_index"):
        openness.CRITERIA.read(warehouse, Choices(extras=(("family", "no-such-family"),)))


def test_a_class_that_nobody_reaches_is_drawn_as_none_and_unknown_stands_apart(warehouse):
    frame = openness.FRAMEWORK.read(warehouse, Choices()).frame.set_index("name")["model_count"]
    assert frame.index.tolist() == ["1", "2", "3", "0", "unknown"]
    assert frame["unknown"] > 0 and frame["3"] == 0


def test_editions_of_the_transparency_index_stand_beside_each_other_and_no_line_joins_them(warehouse):
    facts = openness.TRANSPARENCY.read(warehouse, Choices())
    spec = picture(openness.TRANSPARENCY, facts, Say("en"), Choices(), mode="light")
    assert {layer["mark"]["type"] for layer in spec["layer"]} == {"rect", "text"}
    assert facts.frame["edition"].nunique() == 3


@pytest.mark.parametrize(
    "figure", [openness.FAMILIES, openness.CRITERIA, openness.TRANSPARENCY], ids=lambda one: one.key
)
def test_a_picture_of_reference_facts_bears_the_line_that_their_licence_asks_for(warehouse, figure):
    facts = figure.read(warehouse, Choices())
    subtitle = " ".join(picture(figure, facts, Say("zh"), Choices(), mode="dark")["title"]["subtitle"])
    assert "CC BY 4.0" in subtitle
    assert "CC BY 4.0" in " ".join(provenance(Say("zh"), figure, facts))
