"""Colours that everyone can tell apart, on light and on dark."""

import os
import subprocess
import sys
from itertools import combinations

import altair as alt
import numpy as np
import pandas as pd
import pytest

from dashboard import theme
from dashboard.say import Say

# Machado, Oliveira and Fernandes 2009, full severity, on linear RGB.
SIGHT = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
APART = 15.0  # CIE76; a just noticeable difference is about 2.3
GROUPS = {
    "palette": [*theme.PALETTE, theme.NEUTRAL],
    "kinds": list(theme.KINDS.values()),
    "licence classes": list(theme.LICENCE_CLASSES.values()),
    "relations": list(theme.RELATIONS.values()),
    "openness": list(theme.OPENNESS.values()),
}


def _linear(colour: str) -> np.ndarray:
    rgb = np.array([int(colour[start : start + 2], 16) for start in (1, 3, 5)]) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def _lab(linear: np.ndarray) -> np.ndarray:
    ratio = TO_XYZ @ np.clip(linear, 0, 1) / np.array([0.95047, 1, 1.08883])
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def _contrast(one: str, other: str) -> float:
    dark, light = sorted(float(TO_XYZ[1] @ _linear(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("group", GROUPS)
def test_no_two_categories_look_alike_with_any_kind_of_sight(group, sight):
    seen = {colour: _lab(SIGHT[sight] @ _linear(colour)) for colour in GROUPS[group]}
    assert len(seen) == len(GROUPS[group])
    assert [pair for pair in combinations(seen, 2) if np.linalg.norm(seen[pair[0]] - seen[pair[1]]) < APART] == []


@pytest.mark.parametrize("mode", theme.MODES)
def test_type_and_colours_stand_out_from_the_background(mode):
    background = {"light": "#FFFFFF", "dark": "#11161D"}[mode]
    config = theme.config(mode, {}, "")
    assert _contrast(config["axis"]["labelColor"], background) > 7
    assert _contrast(config["title"]["subtitleColor"], background) > 4.5
    assert [colour for colour in theme.PALETTE if _contrast(colour, background) < 2] == []


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
