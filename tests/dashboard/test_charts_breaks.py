"""The break of September 2024, when dataset downloads began to be counted anew, stands on every series that crosses it."""

import altair as alt
import pandas as pd
import pytest

from dashboard.charts.breaks import with_breaks
from dashboard.choices import Choices
from dashboard.figures.over_time import download_breaks
from dashboard.say import Say
from warehouse.read import Warehouse, open_current

SERIES = pd.DataFrame({"snapshot_at": pd.to_datetime(["2024-06-01", "2025-01-01"]), "value": [1, 9]})


@pytest.fixture(scope="module")
def warehouse(demo_home) -> Warehouse:
    return open_current(demo_home)


def _line(series: pd.DataFrame) -> alt.Chart:
    return alt.Chart(series, description="A line.").mark_line().encode(x="snapshot_at:T", y="value:Q")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_series_that_crosses_the_break_says_so_in_the_picture_and_in_words(warehouse, language):
    say = Say(language)
    breaks = download_breaks(warehouse, Choices(kind="dataset"), "downloads_30d")
    spec = with_breaks(_line(SERIES), SERIES["snapshot_at"], breaks, say).to_dict()
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["line", "rule", "text"]
    assert spec["description"].startswith("A line.")
    assert breaks[f"title_{language}"].iloc[0] in spec["description"]


def test_a_series_on_one_side_of_the_break_is_left_as_it_is(warehouse):
    breaks = download_breaks(warehouse, Choices(kind="dataset"), "downloads_30d")
    later = SERIES.tail(1)
    chart = _line(later)
    assert with_breaks(chart, later["snapshot_at"], breaks, Say("en")) is chart


def test_models_and_likes_have_no_such_break(warehouse):
    assert download_breaks(warehouse, Choices(kind="model"), "downloads_30d").empty
    assert download_breaks(warehouse, Choices(kind="dataset"), "likes").empty
