"""Charts on slides that can be edited: the numbers, colours and words of the picture, and where only a picture will do."""

import io
import re
import zipfile

import altair as alt
import pandas as pd
import pytest
from pptx import Presentation

from dashboard import figures, theme
from dashboard.choices import Choices
from dashboard.export import chapters, number_formats, slides
from dashboard.export.exhibit import read_exhibit
from dashboard.export.plain_chart import plain_chart
from dashboard.say import LANGUAGES, Say
from tests.dashboard.exporting import NOW, chapter, exhibit
from warehouse.read import open_current

SAY = Say("en")


@pytest.fixture(scope="module")
def warehouse(demo_home):
    return open_current(demo_home)


def _deck(chapter, say=SAY, mode="light"):
    return Presentation(io.BytesIO(slides.deck([chapter], say, mode=mode, title="x", now=NOW)))


def _shape(deck):
    (shape,) = [shape for shape in deck.slides[0].shapes if shape.has_chart]
    return shape


def _spec(chart: alt.Chart | alt.LayerChart) -> dict:
    return theme.themed(
        chart, mode="light", locale=SAY.vega_locale(), times=SAY.axis_times(), title="Found", subtitle=["of"], width=900
    )


LINE = alt.Chart(
    pd.DataFrame({"at": pd.to_datetime(["2026-01-01", "2026-02-01"] * 2), "n": [1, 2, 3, 5], "who": list("aabb")})
)


def _line(**more):
    colour = alt.Color("who:N", scale=alt.Scale(domain=["a", "b"], range=["#111111", "#222222"]))
    return LINE.mark_line(point=True).encode(x="at:T", y=alt.Y("n:Q"), color=colour, **more)


@pytest.mark.parametrize("mode", theme.MODES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_on_a_slide_has_the_numbers_names_colours_and_forms_of_its_picture(warehouse, language, mode):
    say = Say(language)
    shown = read_exhibit(warehouse, figures.licences.CLASSES, Choices())
    shape = _shape(_deck(chapters.alone(shown), say, mode))
    (drawn,) = shape.chart.plots[0].series
    frame = shown.facts.frame
    rows = frame.set_index(frame["licence_class"].map(lambda one: say(f"licences.class.{one}")))
    names = list(shape.chart.plots[0].categories)
    assert dict(zip(names, drawn.values, strict=True)) == pytest.approx(rows["share"].to_dict())
    colours = [str(drawn.points[place].format.fill.fore_color.rgb) for place in range(len(names))]
    classes = [theme.LICENCE_CLASSES[rows["licence_class"][name]] for name in names]
    assert colours == [theme.SHADES[mode].get(colour, colour)[1:] for colour in classes]
    assert shape.chart.value_axis.tick_labels.number_format == "0%"
    assert str(shape.chart.font.color.rgb) == theme.INK[mode]["text"][1:]
    spec = shown.spec(say, mode=mode)
    assert shape._element.xpath(".//p:cNvPr")[0].get("descr") == spec["description"]
    assert say("ui.picture.simulated") in shape.chart.chart_title.text_frame.text, "also where the chart is copied"
    assert not shape.chart.has_legend, "each bar is named beside it"


def test_lines_stand_at_their_dates_and_a_legend_names_them(warehouse):
    shown = read_exhibit(warehouse, figures.growth.POPULATION, Choices())
    chart = _shape(_deck(chapters.alone(shown))).chart
    frame = shown.facts.frame
    assert chart.has_legend
    for drawn in chart.plots[0].series:
        rows = frame[frame["kind"].map(lambda kind: SAY(f"ui.kinds_of.{kind}")) == drawn.name]
        assert list(drawn.values) == rows.sort_values("snapshot_at")["repository_count"].tolist()
    assert "mmm" in chart.category_axis.tick_labels.number_format


def test_some_figures_of_the_course_are_charts_and_the_others_pictures(warehouse):
    parts = [part for taught in chapters.course(warehouse, Choices()) for part in taught.exhibits if part.is_figure]
    drawn = {part.key: plain_chart(part.spec(SAY, mode="light", width=1000), SAY) for part in parts}
    assert sum(plain is not None for plain in drawn.values()) >= 4
    assert drawn["lesson_hub_architecture.figure"] is None, "flows"
    assert drawn["lesson_models_and_tools.figure"] is None, "a heat map"
    chinese = Say("zh")
    of_charts = [part for part in parts if drawn[part.key]]
    assert all(plain_chart(part.spec(chinese, mode="dark", width=1000), chinese) for part in of_charts)


def test_what_answers_to_a_pointer_does_not_make_a_chart_less_plain():
    near = alt.selection_point(fields=["at"], nearest=True, on="pointerover", empty=False)
    chosen = alt.selection_point(fields=["who"], bind="legend")
    lines = _line(opacity=alt.condition(chosen, alt.value(1), alt.value(0.2))).add_params(chosen)
    catcher = LINE.mark_point(opacity=0).encode(x="at:T").add_params(near)
    rule = LINE.mark_rule().encode(x="at:T").transform_filter(near)
    pointed = alt.param(name="moment", value=None)
    told = (
        LINE.mark_text()
        .encode(x="at:T", y=alt.value(4), text="n:Q")
        .transform_filter("moment != null && datum.at == moment")
    )
    ends = alt.Chart(LINE.data.tail(1)).mark_text().encode(x="at:T", y="n:Q", text="who:N")
    plain = plain_chart(_spec(alt.layer(lines, ends, catcher, rule, told).add_params(pointed)), SAY)
    assert plain.has_legend, "names at the ends of lines are the slide's legend"
    assert [(one.name, one.values, one.colours[0]) for one in plain.series] == [
        ("a", (1.0, 2.0), "#111111"),
        ("b", (3.0, 5.0), "#222222"),
    ]
    assert (plain.title, plain.subtitle, plain.least, plain.most) == (("Found",), ("of",), 0, 5)


@pytest.mark.parametrize(
    "chart",
    [
        _line().encode(y=alt.Y("n:Q", scale=alt.Scale(type="log"))),
        _line().encode(strokeDash="who:N"),
        _line().encode(y=alt.Y("n:Q", axis=alt.Axis(format="$,"))),
        _line().encode(x=alt.X("at:T", axis=alt.Axis(format="%Y"))),
        alt.layer(_line(), alt.Chart(pd.DataFrame({"at": ["2026-01-15"]})).mark_rule().encode(x="at:T")),
        LINE.mark_point().encode(x="at:T", y="n:Q"),
        LINE.mark_line().encode(x="at:T", y="n:Q"),
        alt.hconcat(_line(), _line()),
        _line().facet("who:N"),
    ],
    ids=["log", "dashes", "dollars", "years", "a note", "points", "two at one place", "side by side", "facets"],
)
def test_what_slides_would_draw_otherwise_stays_a_picture(chart):
    assert plain_chart(_spec(chart), SAY) is None


def test_no_name_that_a_stranger_chose_becomes_a_formula_or_a_link_in_the_workbook():
    names = ['=HYPERLINK("http://e.org","x")', "{=1+1}", "https://e.org", "mailto:a@e.org", "plain"]
    shape = _shape(_deck(chapter(exhibit(pd.DataFrame({"id": names, "downloads": range(1, 6)})))))
    book = zipfile.ZipFile(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet
    written = re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())
    assert len([one for one in written if one.lstrip("\u2060").startswith(("=", "{=", "http", "mailto"))]) == 4


@pytest.mark.parametrize(
    ("language", "text", "value", "form"),
    [
        ("en", "22.7%", 0.2274, "0.0%"),
        ("en", "1,870", 1870, "#,##0"),
        ("en", "1.87k", 1873, '0.00,"k"'),
        ("en", "12M", 12_300_000, '0,,"M"'),
        ("zh", "83.5万", 834_900, '0\\.0,"万"'),
        ("zh", "1.78万", 17_800, None),
        ("en", "<0.1%", 0.0002, None),
        ("en", "22.7% (1.87k)", 0.227, None),
        ("en", "12", 13, None),
    ],
)
def test_a_number_at_a_bar_is_written_by_a_format_where_one_writes_it_alike(language, text, value, form):
    assert number_formats.of_written(text, value, Say(language).units()) == form


@pytest.mark.parametrize(
    ("language", "largest", "step", "form"),
    [
        ("en", 2_500_000, 500_000, '[>=1000000]0.0,,"M";[>=1000]0,"k";#,##0'),
        ("zh", 250_000, 50_000, '[>=10000]0\\.0,"万";#,##0'),
        ("en", 0.5, 0.1, "General"),
    ],
)
def test_an_axis_is_written_in_the_units_of_the_language(language, largest, step, form):
    assert number_formats.of_axis(Say(language).units(), largest, step) == form
