"""Lesson 1's picture: every milestone stands with its name, at its date or a little later, none on another."""

from itertools import pairwise

import pandas as pd

from dashboard.choices import Choices
from dashboard.figures.facts import picture
from dashboard.lessons import origins
from dashboard.say import Say
from tests.warehouse.marts import TOP, built, model
from tests.warehouse.test_marts_census import COUNTS, counts
from warehouse.read import open_current

MONTHS = pd.DataFrame(
    {
        "kind": "model",
        "created_month": pd.to_datetime(["2022-03-01", "2026-03-01"]),
        "has_on_or_before": [True, False],
        "survivor_count": [10, 90],
        "cumulative_count": [10, 100],
    }
)


def _milestones(*dates: str, subject: str = "hub") -> pd.DataFrame:
    titles = [f"event {place}" for place in range(len(dates))]
    moments = pd.to_datetime(list(dates))
    return pd.DataFrame({"milestone_date": moments, "subject": subject, "title_en": titles, "title_zh": titles})


def test_milestones_older_than_the_lines_are_drawn_and_those_of_other_counters_or_later_days_are_not():
    milestones = pd.concat(
        [_milestones("2016-01-01", "2027-01-01"), _milestones("2024-09-01", subject="dataset_downloads")]
    )
    described = origins.chart(MONTHS, milestones, Say("en"), log=False).description
    assert "Jan 2016 event 0" in described
    assert "2027" not in described and "2024" not in described


def test_names_of_one_week_stand_beside_each_other_in_their_order():
    dates = pd.to_datetime(["2016-01-01", "2023-02-27", "2023-03-01", "2023-03-02"]).to_series()
    until = pd.Timestamp("2026-03-01")
    places = origins._spread(dates, until)
    apart = (until - dates.iloc[0]) * origins.APART
    assert places[:2] == list(dates[:2])
    assert [later - earlier >= apart for earlier, later in pairwise(places)] == [True] * 3


def test_without_milestones_the_lines_stand_alone():
    assert origins.chart(MONTHS, _milestones(), Say("en"), log=True).to_dict()["layer"]


def test_the_first_lesson_draws_published_totals_and_the_census_where_no_whole_listing_is(home):
    told = counts(all=2_000_000)
    built(home, {TOP: [model("a", 9)], COUNTS: told})
    warehouse = open_current(home)
    facts, table = (shown.read(warehouse, Choices()) for shown in (origins.LESSON.figure, origins.LESSON.table))
    assert list(facts.frame.loc[facts.frame["bound"] == "census", "repository_count"]) == [2_000_000]
    for language, own in {"en": "Models, by the Hub's own count", "zh": "模型（Hub 自报）"}.items():
        say = Say(language)
        assert "29,432" in origins.LESSON.see(facts, say)
        assert "2000000" in str(picture(origins.LESSON.figure, facts, say, Choices(), mode="light"))
        rows = origins.LESSON.table.lay(table, say).set_index(say("lesson_origins.feature")).iloc[:, 1]
        assert (rows[own], rows[say("lesson_origins.features.models.name")]) == (
            "2,000,000",
            say("needs.lacking.whole"),
        )
