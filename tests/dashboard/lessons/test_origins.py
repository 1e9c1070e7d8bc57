"""Lesson 1's picture: every milestone stands with its name, at its date or a little later, none on another."""

from itertools import pairwise

import pandas as pd

from dashboard.lessons import origins
from dashboard.say import Say

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
