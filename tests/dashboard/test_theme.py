"""Colours that everyone can tell apart, on light and on dark."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import altair as alt
import pandas as pd
import pytest

from dashboard import theme
from dashboard.say import Say
from tests.dashboard.colours import alike, contrast

GROUPS = {
    "palette": [*theme.PALETTE, theme.NEUTRAL],
    "kinds": list(theme.KINDS.values()),
    "licence classes": list(theme.LICENCE_CLASSES.values()),
    "relations": list(theme.RELATIONS.values()),
    "openness": list(theme.OPENNESS.values()),
}


FOLDER = Path(theme.__file__).parent
SHEETS = (FOLDER / "frame.css", FOLDER / "views" / "editor" / "editor.css")
SETTINGS = tomllib.loads((Path(theme.__file__).parent / ".streamlit" / "config.toml").read_text())["theme"]
TEXT, MARK = 4.5, 3.0
"""What the Web's guidelines ask of words and of marks."""


@pytest.mark.parametrize("mode", theme.MODES)
@pytest.mark.parametrize("group", GROUPS)
def test_no_two_categories_look_alike_with_any_kind_of_sight_on_either_ground(group, mode):
    drawn = [theme.SHADES[mode].get(colour, colour) for colour in GROUPS[group]]
    assert len(set(drawn)) == len(drawn)
    assert alike(drawn) == []


@pytest.mark.parametrize("mode", theme.MODES)
def test_words_and_marks_of_pictures_stand_out_from_the_ground(mode):
    ground = theme.INK[mode]["background"]
    config = theme.config(mode, {}, "")
    assert contrast(config["axis"]["labelColor"], ground) > 7
    assert contrast(config["title"]["subtitleColor"], ground) > TEXT
    every = [*theme.PALETTE, theme.NEUTRAL, theme.FAINT, *theme.SIZES.values()]
    drawn = {theme.SHADES[mode].get(colour, colour) for colour in every}
    assert {colour for colour in drawn if contrast(colour, ground) < MARK} == set()


@pytest.mark.parametrize("mode", theme.MODES)
def test_words_and_controls_of_pages_stand_out_from_the_ground(mode):
    colours = SETTINGS[mode]
    grounds = (colours["backgroundColor"], colours["secondaryBackgroundColor"])
    assert colours["backgroundColor"] == theme.INK[mode]["background"]
    assert min(contrast(colours["linkColor"], ground) for ground in grounds) > TEXT
    assert contrast(colours["primaryColor"], "#FFFFFF") > TEXT, "the words on a pressed button are white"
    assert contrast(colours["primaryColor"], colours["backgroundColor"]) > MARK
    sheets = "".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)
    pairs = re.findall(r"[ {]color: light-dark\((#\w{6}), (#\w{6})\)", sheets)
    assert pairs
    for pair in pairs:
        colour = pair[theme.MODES.index(mode)]
        assert min(contrast(colour, ground) for ground in grounds) > TEXT, colour


def test_more_categories_than_colours_is_an_error_instead_of_a_repeat():
    with pytest.raises(ValueError, match="fold the tail"):
        theme.colours([str(number) for number in range(9)])


def test_a_value_without_a_fixed_colour_is_grey():
    assert theme.colours(["model", "something new"], theme.KINDS) == [theme.BLUE, theme.NEUTRAL]


def test_a_dressed_chart_carries_its_title_and_chinese_fonts_and_calls_no_other_host():
    chart = alt.Chart(alt.Data(values=[{"a": 1}])).mark_point().encode(x="a:Q")
    say = Say("zh")
    spec = theme.themed(
        chart, mode="dark", locale=say.vega_locale(), times=say.axis_times(), title="标题", subtitle=["演示数据"]
    )
    assert (spec["title"]["text"], spec["title"]["subtitle"]) == ("标题", ["演示数据"])
    assert "Noto Sans CJK SC" in spec["config"]["font"]
    assert spec["usermeta"]["embedOptions"]["actions"] is False


def test_a_picture_for_a_screen_is_as_high_as_it_is_told_and_many_rows_have_smaller_type():
    say = Say("en")

    def dressed(rows: int) -> dict:
        frame = pd.DataFrame({"a": [f"row {row}" for row in range(rows)], "b": range(rows)})
        chart = alt.Chart(frame).mark_bar().encode(x="b:Q", y="a:N").properties(height=alt.Step(30))
        looks = {"mode": "light", "locale": say.vega_locale(), "times": say.axis_times()}
        return theme.themed(chart, title="x", subtitle=["a", "b"], width=1000, size=1.3, height=400, **looks)

    few, many = dressed(5), dressed(30)
    assert (few["height"], few["autosize"]["type"], few["title"]["subtitle"]) == (400, "fit", "a · b")
    assert many["config"]["axisY"]["labelFontSize"] < few["config"]["axisY"]["labelFontSize"] == 18.2


def test_a_moment_that_the_clocks_of_new_york_leave_out_is_drawn_where_it_was():
    """On this night they go from 2 to 3."""
    program = """
import pandas as pd, vl_convert
from dashboard import theme
from dashboard.charts.growth import population
from dashboard.say import Say
moments = pd.to_datetime(["2026-03-07 23:30", "2026-03-08 02:30", "2026-03-08 06:30"])
frame = pd.DataFrame({"kind": "model", "snapshot_at": moments, "repository_count": range(3), "segment": 0})
looks = {"mode": "light", "locale": Say("en").vega_locale(), "times": Say("en").axis_times(), "width": 900}
print(vl_convert.vegalite_to_svg(theme.themed(population(frame, Say("en"), log=False), title="", subtitle=[], **looks)))
"""
    drawn = [
        subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "TZ": zone}, capture_output=True, text=True, check=True
        ).stdout
        for zone in ("UTC", "America/New_York")
    ]
    assert ">03-08 02:00<" in drawn[0]
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("short", "short"),
        ("By region of the author: the 10,000 most downloaded models · Repositories (98.7% not mapped)", 3),
        ("按作者所属地区划分：下载量最高的一万个模型 · 仓库（百分之九十八点七未能归类）", 2),
        ("下载量最高的一万个模型中声明了基础的占了（三成）", 2),
    ],
)
def test_a_title_that_is_wider_than_the_picture_takes_another_line(title, lines):
    drawn = theme.themed(alt.Chart().mark_bar(), mode="light", locale={}, times="", title=title, subtitle=[], width=460)
    text = drawn["title"]["text"]
    assert not any(line.startswith("）") for line in text)
    assert text == lines or (len(text) == lines and "".join(text).replace(" ", "") == title.replace(" ", ""))
