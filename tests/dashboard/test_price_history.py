"""Is the API getting cheaper, and how do its models end: documents and what we saw are told apart."""

import pytest

from dashboard.captions import caveats
from dashboard.choices import Choices
from dashboard.figures import price_history
from dashboard.figures.facts import NothingToShow, title_of
from dashboard.say import Say
from tests.warehouse.marts import MODELS, OPENAI, built, model, openai_list
from warehouse.read import open_current


def test_ends_that_documents_tell_stand_apart_from_those_that_we_saw(home):
    built(home, {MODELS: [model("m")], OPENAI: openai_list("gpt-4", "o3")}, {OPENAI: openai_list("gpt-4")})
    facts = price_history.RETIREMENTS.read(open_current(home), Choices())
    counts = facts.frame.groupby("basis")["model_count"].sum()
    assert counts["seen"] == 1 and counts["documents"] > 40
    assert facts.frame["quarter"].is_monotonic_increasing
    assert price_history.RETIREMENTS.draw(facts, Say("en"), Choices()).to_dict()


def test_without_a_list_nothing_was_seen_to_leave_and_the_picture_does_not_say_none(home):
    built(home, {MODELS: [model("m")]})
    warehouse, say = open_current(home), Say("en")
    facts = price_history.RETIREMENTS.read(warehouse, Choices())
    assert "the list was not watched" in say.write(title_of(price_history.RETIREMENTS, facts, Choices()))
    assert any("never read" in line for line in caveats(say, price_history.RETIREMENTS, facts))
    with pytest.raises(NothingToShow, match="no_catalogue"):
        price_history.CHEAPEST.read(warehouse, Choices())


def test_each_flagship_is_named_with_its_price_on_the_first_day_too(home):
    built(home, {MODELS: [model("m")]})
    frame = price_history.FLAGSHIPS.read(open_current(home), Choices()).frame
    assert frame["model_id"].iloc[0] == "davinci" and "gpt-4o" in set(frame["model_id"])
    assert frame["released_date"].is_monotonic_increasing


def test_a_better_score_is_never_cheaper_and_a_stair_only_falls(demo_home):
    warehouse = open_current(demo_home)
    offered = price_history.CHEAPEST.read(warehouse, Choices()).beside["scores"]["score"]
    ends = []
    for score in offered:
        frame = price_history.CHEAPEST.read(warehouse, Choices(extras=(("score", score),))).frame
        assert (frame.groupby("side")["cheapest_usd_per_mtok"].diff().dropna() <= 0).all()
        ends.append(frame["cheapest_usd_per_mtok"].min())
    assert ends == sorted(ends)
