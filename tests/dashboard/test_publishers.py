"""Who publishes: what is not mapped is a part like the others, said in the title, and sources that disagree are listed."""

import pytest

from dashboard.captions import provenance
from dashboard.choices import Choices
from dashboard.figures import publishers
from dashboard.figures.facts import NothingToShow, title_of
from dashboard.say import Say
from tests.warehouse.marts import MODELS, built, model
from warehouse.read import open_current


@pytest.fixture
def warehouse(home):
    models = [
        model("q", 60, id="Qwen/a", author="Qwen"),
        model("g", 30, id="google/b", author="google"),
        model("s", 10, id="somebody/c", author="somebody"),
    ]
    built(home, {MODELS: models})
    return open_current(home)


def test_the_share_that_nobody_maps_stands_last_in_the_picture_and_in_its_title(warehouse):
    choices, say = Choices(weight="downloads_30d"), Say("en")
    facts = publishers.REGIONS.read(warehouse, choices)
    assert list(zip(facts.frame["part"], facts.frame["share"], strict=True)) == [
        ("china", 0.6),
        ("us", 0.3),
        ("unmapped", 0.1),
    ]
    assert "10.0% not mapped" in say.write(title_of(publishers.REGIONS, facts, choices))
    assert (facts.shown, facts.total) == (2, 3)


def test_whoever_is_owed_an_attribution_is_named_under_the_picture(warehouse):
    facts = publishers.ORGANISATIONS.read(warehouse, Choices())
    line = " · ".join(provenance(Say("en"), publishers.ORGANISATIONS, facts))
    assert "Liesenfeld and Dingemanse" in line and "CC BY 4.0" in line and "Epoch AI" in line


def test_one_snapshot_has_no_course_over_time(warehouse):
    with pytest.raises(NothingToShow, match="needs_earlier"):
        publishers.REGIONS_OVER_TIME.read(warehouse, Choices())


def test_of_whom_sources_disagree_each_source_is_quoted(warehouse):
    facts = publishers.DISPUTES.read(warehouse, Choices())
    laid = publishers.DISPUTES.lay(facts, Say("en")).set_index("Author").loc["stabilityai"]
    assert "Europe" in laid.iloc[0] and "United States" in laid.iloc[0] and laid.iloc[1] == "Europe"
