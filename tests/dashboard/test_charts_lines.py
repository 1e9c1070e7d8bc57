"""Lines over time: names at their ends, one brought forward, and all values at any moment."""

import json

import altair as alt
import pandas as pd
import pytest
import vl_convert

from dashboard.charts.lines import BEHIND, read_anywhere, sum_of
from dashboard.say import Say

SAY = Say("en")
MONTHS = pd.date_range("2026-01-01", periods=3, freq="MS")


def _drawn(ends: dict[str, float], **how) -> dict:
    """Three months of one line for each name, all rising from 0 to its end."""
    frame = pd.DataFrame(
        [
            {"month": month, "name": name, "value": end * place / 2}
            for name, end in ends.items()
            for place, month in enumerate(MONTHS)
        ]
    )
    lines = alt.Chart(frame, description="three months").mark_line()
    lines = lines.encode(x="month:T", y="value:Q", color=alt.Color("name:N").legend(columns=2))
    drawn = read_anywhere(
        lines, frame, SAY, x="month", y="value", label="name", written=SAY.number, dated=SAY.month, **how
    )
    return sum_of(drawn, alt.Chart(frame).mark_rule().encode(x="month:T")).to_dict()


def _texts(spec: dict) -> list[dict]:
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == "text"]


def test_lines_that_end_apart_are_named_there_and_have_no_legend():
    spec = _drawn({"a": 10, "b": 100})
    assert spec["layer"][0]["encoding"]["color"]["legend"] is None
    names = spec["datasets"][_texts(spec)[0]["data"]["name"]]
    assert [(row["name"], row["value"]) for row in names] == [("a", 10), ("b", 100)]


@pytest.mark.parametrize(
    "ends", [{"a": 100, "b": 101}, {"a" * 40: 100, "b": 50}, {str(place): place * 10 for place in range(1, 9)}]
)
def test_lines_that_end_close_together_with_long_names_or_in_great_number_keep_their_legend(ends):
    spec = _drawn(ends)
    assert spec["layer"][0]["encoding"]["color"]["legend"] == {"columns": 2}
    (picked,) = [one for one in spec["params"] if one["name"] == "picked"]
    assert picked["bind"] == "legend"


def test_at_each_moment_every_line_says_its_value_to_the_mouse_and_to_the_keyboard():
    spec = _drawn({"a": 10, "b": 100})
    (rules,) = [one for one in spec["layer"] if one.get("name", "").startswith("moments")]
    rows = spec["datasets"][rules["data"]["name"]]
    assert [row["words"] for row in rows][-1] == "Mar 2026\na: 10\nb: 100"
    assert [line["title"] for line in rules["encoding"]["tooltip"]] == ["Moment", "a", "b"]
    (moment,) = [one for one in spec["params"] if one["name"] == "moment"]
    assert moment["bind"]["options"] == [None, "Jan 2026", "Feb 2026", "Mar 2026"]


def test_until_a_reader_chooses_all_lines_are_drawn_alike_also_in_a_file():
    spec = _drawn({"a": 10, "b": 100})
    svg = vl_convert.vegalite_to_svg(json.dumps(spec))
    assert f'opacity="{BEHIND}"' not in svg
    forward = {**spec, "params": [{**one, "value": "a"} if one["name"] == "chosen" else one for one in spec["params"]]}
    assert f'opacity="{BEHIND}"' in vl_convert.vegalite_to_svg(json.dumps(forward))
