"""Charts of open and closed: prices are steps in time, removals are what a good answer no longer held."""

from datetime import timedelta

import pandas as pd
import pytest

from dashboard import figures
from dashboard.charts import sizes
from dashboard.charts.ranked import decades
from dashboard.choices import Choices
from dashboard.figures.facts import Figure, NothingToShow
from dashboard.say import Say
from tests.warehouse.marts import CATALOGUE, MODELS, OPENAI, built, model, openai_list
from warehouse.read import Warehouse, open_current
from warehouse.settings import Home

SAY = Say("en")


def _catalogue(**prices: float | None) -> dict:
    """models.dev with OpenAI's models at an input price each; None: not offered."""
    return {
        "openai": {
            "id": "openai",
            "name": "OpenAI",
            "models": {
                name: {
                    "id": name,
                    "name": name,
                    "release_date": "2025-05-01",
                    "open_weights": False,
                    "modalities": {"input": ["text"], "output": ["text"]},
                    "limit": {"context": 128_000, "output": 4_000},
                    "cost": {"input": price, "output": 10 * price},
                }
                for name, price in prices.items()
                if price is not None
            },
        }
    }


def _drawn(warehouse: Warehouse, figure: Figure, choices: Choices = Choices()) -> tuple[dict, list[dict]]:  # noqa: B008
    spec = figure.draw(figure.read(warehouse, choices), SAY, choices).to_dict()
    return spec, next(iter(spec["datasets"].values()))


def test_a_price_holds_until_the_day_it_changed_and_is_drawn_until_now(home):
    built(home, *({CATALOGUE: _catalogue(a=price)} for price in (4.0, 4.0, 1.0, 1.0)))
    spec, rows = _drawn(open_current(home), figures.open_closed.PRICE_STEPS)
    assert spec["mark"]["interpolate"] == "step-after"
    assert [(row["changed_at"][8:10], row["price"]) for row in rows] == [("01", 4.0), ("03", 1.0), ("04", 1.0)]


def test_a_price_that_was_withdrawn_and_came_back_is_two_lines(home):
    runs = ({"a": 4.0, "b": 1.0}, {"b": 1.0}, {"a": 4.0, "b": 1.0})
    built(home, *({CATALOGUE: _catalogue(**prices)} for prices in runs))
    _, rows = _drawn(open_current(home), figures.open_closed.PRICE_STEPS)
    of_a = [row for row in rows if row["model_id"] == "a"]
    assert len({row["segment"] for row in of_a}) == 2
    assert [row["changed_at"][8:10] for row in of_a] == ["01", "02", "03"]


def test_a_free_model_is_in_the_table_and_said_to_be_missing_from_the_picture(home):
    built(home, {CATALOGUE: _catalogue(free=0.0, paid=2.0)})
    facts = figures.open_closed.PRICE_STEPS.read(open_current(home), Choices())
    assert set(facts.frame["model_id"]) == {"free", "paid"}
    assert facts.notes == ("open_closed.caveats.free",)


def test_a_link_may_choose_the_models_and_nonsense_in_it_is_ignored(home):
    built(home, {CATALOGUE: _catalogue(a=1.0, b=2.0)})
    chosen = Choices(extras=(("prices", "b,no-such-model"),))
    assert set(figures.open_closed.PRICE_STEPS.read(open_current(home), chosen).frame["model_id"]) == {"b"}


@pytest.fixture
def openai(home) -> Warehouse:
    built(
        home,
        {OPENAI: openai_list("old", "kept"), MODELS: [model("m")]},
        {OPENAI: openai_list("old", "kept", "new", kept="2027-01-01"), MODELS: [model("m"), model("n")]},
        {OPENAI: openai_list("kept", "new", kept="2027-01-01"), MODELS: [model("m"), model("n")]},
    )
    return open_current(home)


def test_a_model_is_removed_when_a_good_answer_lacks_it_and_keeps_its_line_until_last_seen(openai):
    frame = figures.open_closed.TIMELINE.read(openai, Choices(extras=(("models", "all"),))).frame.set_index("model_id")
    assert frame["state"].to_dict() == {"old": "removed", "kept": "announced", "new": "listed"}
    assert frame.loc["old", "removed_at"] - frame.loc["old", "last_seen_at"] == timedelta(days=1)
    assert frame.loc["kept", "shutdown_date"] == pd.Timestamp("2027-01-01")


def test_a_view_pinned_before_a_removal_still_shows_the_model_listed(openai):
    second = sorted(openai.query("openai_list_sizes", as_of=None)["snapshot_at"])[1].to_pydatetime()
    pinned = Choices(as_of=second, extras=(("models", "all"),))
    frame = figures.open_closed.TIMELINE.read(openai, pinned).frame.set_index("model_id")
    assert frame.loc["old", "state"] == "listed"
    assert frame["last_seen_at"].max() == second


def test_removals_are_drawn_below_the_line_and_the_first_list_did_not_arrive(openai):
    _, rows = _drawn(openai, figures.open_closed.ARRIVALS)
    assert {(row["event"], row["signed_count"], row["models"]) for row in rows} == {
        ("arrived", 1, "new"),
        ("removed", -1, "old"),
    }


def test_hub_and_openai_are_two_pictures_with_axes_of_their_own(openai):
    hub, _ = _drawn(openai, figures.open_closed.HUB_LISTING)
    api, _ = _drawn(openai, figures.open_closed.OPENAI_LISTING)
    assert hub["encoding"]["y"]["field"] == "repository_count"
    assert api["encoding"]["y"]["field"] == "model_count"


def test_a_model_that_two_providers_offer_is_one_release(home):
    listing = _catalogue(a=1.0)
    listing["mirror"] = {**listing["openai"], "id": "mirror", "name": "Mirror"}
    built(home, {CATALOGUE: listing})
    facts = figures.open_closed.RELEASES.read(open_current(home), Choices())
    assert facts.frame[["openness", "model_count"]].to_numpy().tolist() == [["closed", 1]]


@pytest.fixture(scope="module")
def only_hub(tmp_path_factory) -> Warehouse:
    home = Home(tmp_path_factory.mktemp("only-hub"))
    built(home, {MODELS: [model("m")]})
    return open_current(home)


@pytest.mark.parametrize(
    ("figure", "reason"),
    [
        (figures.open_closed.OPENAI_LISTING, "no_openai"),
        (figures.open_closed.TIMELINE, "no_openai"),
        (figures.open_closed.ARRIVALS, "no_openai"),
        (figures.open_closed.PRICE_STEPS, "no_catalogue"),
        (figures.open_closed.CONTEXT, "no_catalogue"),
        (figures.open_closed.RELEASES, "no_catalogue"),
    ],
    ids=lambda value: getattr(value, "key", value),
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_was_not_collected_is_named_with_the_command_that_collects_it(only_hub, figure, reason, language):
    with pytest.raises(NothingToShow, match=reason):
        figure.read(only_hub, Choices())
    assert "hubscope collect" in Say(language)(f"ui.nothing.{reason}")


def test_decades_enclose_the_values():
    assert decades(pd.Series([3, 450])) == [1, 10, 100, 1000]
    assert decades(pd.Series([10, 10])) == [10]


def test_size_classes_are_stacked_from_small_to_large_with_shares_of_the_month():
    frame = pd.DataFrame(
        {
            "created_month": pd.to_datetime(["2026-01-01"] * 3),
            "size_class": [">100B", "<0.1B", "undeclared"],
            "value": [1, 2, 1],
            "share": [0.25, 0.5, 0.25],
            "month_total": [4] * 3,
        }
    )
    spec = sizes.by_month(frame, SAY, measure="Repositories").to_dict()
    assert spec["encoding"]["color"]["scale"]["domain"] == ["<0.1B", ">100B", "not declared"]
    assert "<0.1B with 50.0%" in spec["description"]
