"""Lesson 1's picture: milestones stand at their dates, and the names of those that have room."""

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


def test_milestones_a_little_older_than_the_lines_are_drawn_and_older_or_later_ones_and_those_of_other_counters_are_not():
    milestones = pd.concat(
        [_milestones("2016-01-01", "2021-06-01", "2027-01-01"), _milestones("2024-09-01", subject="dataset_downloads")]
    )
    described = origins.chart(MONTHS, milestones, Say("en"), log=False).description
    assert "Jun 2021 event 1" in described
    assert all(year not in described for year in ("2016", "2027", "2024"))


def test_of_milestones_close_together_the_first_of_the_hub_is_named_and_every_one_tells_the_mouse():
    close = _milestones("2023-02-27", "2023-03-01", "2023-03-02", "2025-01-01")
    told = pd.concat([close, _milestones("2023-02-01", subject="openai").assign(title_en="elsewhere")])
    spec = origins.chart(MONTHS, told, Say("en"), log=False).to_dict()
    names, rules = (
        next(layer for layer in spec["layer"] if layer["mark"] == {**layer["mark"], "type": kind, **look})
        for kind, look in (("text", {"angle": 270}), ("rule", {"strokeDash": [2, 5]}))
    )
    assert [row["words"] for row in spec["datasets"][names["data"]["name"]]] == ["event 0", "event 3"]
    assert len(spec["datasets"][rules["data"]["name"]]) == 5


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
