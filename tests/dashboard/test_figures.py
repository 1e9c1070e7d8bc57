"""Every figure, from the warehouse to the finished picture; and what a picture must do with odd data."""

import json
from dataclasses import replace
from datetime import datetime
from functools import cache

import pandas as pd
import pytest

from dashboard import figures
from dashboard.captions import provenance
from dashboard.charts import growth as growth_charts
from dashboard.charts import licences as licence_charts
from dashboard.choices import KINDS, Choices
from dashboard.figures.facts import Facts, Figure, NothingToShow, picture
from dashboard.figures.over_time import segments
from dashboard.footnotes import plain
from dashboard.lessons import LESSONS
from dashboard.say import LANGUAGES, Say
from dashboard.theme import MODES
from tests.dashboard.colours import alike, of_categories, too_pale
from warehouse.read import Warehouse, open_current

OWN = tuple(figure for figure in figures.FIGURES if figure is not figures.explore.HISTORY)  # it needs repositories


@pytest.fixture(scope="module")
def warehouse(demo_home) -> Warehouse:
    return open_current(demo_home)


@cache
def _facts(warehouse: Warehouse, figure: Figure, kind: str = "model") -> Facts:
    """Read once for all tests that only look."""
    return figure.read(warehouse, Choices(kind=kind))


def _by_key(given: tuple[Figure, ...]):
    return pytest.mark.parametrize("figure", given, ids=lambda figure: figure.key)


def _marks(spec: dict) -> list[dict]:
    return [layer for part in spec.get("layer", [spec]) for layer in part.get("layer", [part])]


def test_keys_are_unique():
    assert len({figure.key for figure in figures.FIGURES}) == len(figures.FIGURES)


@_by_key(OWN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_says_its_title_its_snapshot_and_what_it_shows(warehouse, figure, language):
    say = Say(language)
    for kind in figure.kinds or KINDS[:1]:
        choices = Choices(kind=kind)
        try:
            facts = _facts(warehouse, figure, kind)
        except NothingToShow:
            assert kind != "model", "only datasets and Spaces may name no library or language"
            continue
        for mode in MODES:
            spec = picture(figure, facts, say, choices, mode=mode)
            assert spec["title"]["text"]
            assert too_pale(spec, mode) == set()
            assert [pairs for colours in of_categories(spec) if (pairs := alike(colours))] == []
            assert len(spec["description"]) > 20
            json.dumps(spec)


@pytest.mark.parametrize("mode", MODES)
@_by_key(tuple(lesson.figure for lesson in LESSONS))
def test_the_colours_of_a_lesson_stand_out_and_are_told_apart(warehouse, figure, mode):
    spec = picture(figure, _facts(warehouse, figure), Say("en"), Choices(), mode=mode)
    assert too_pale(spec, mode) == set()
    assert [pairs for colours in of_categories(spec) if (pairs := alike(colours))] == []


@_by_key(tuple(figure for figure in OWN if figure.source != "reference"))
def test_a_picture_of_simulated_data_says_so_in_both_languages_within_itself(warehouse, figure):
    facts = _facts(warehouse, figure)
    subtitle = " ".join(picture(figure, facts, Say("en"), Choices(), mode="light")["title"]["subtitle"])
    assert "simulated" in subtitle
    assert "演示数据" in subtitle


@_by_key(OWN)
def test_the_sql_under_a_picture_runs_as_it_stands_and_gives_its_rows(warehouse, figure):
    facts = _facts(warehouse, figure)
    assert len(warehouse.run_sql(facts.sql)) >= len(facts.frame)


@_by_key(OWN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_of_a_table_has_a_heading(warehouse, figure, language):
    say = Say(language)
    columns = _facts(warehouse, figure).frame.columns
    assert [name for name in columns if not say.knows(f"columns.{name}")] == []


def test_counted_and_not_declared_add_up_to_the_snapshot(warehouse):
    for figure in figures.licences.FIGURES:
        facts = figure.read(warehouse, Choices(kind="model"))
        assert facts.shown + facts.undeclared == facts.total == facts.snapshot.repository_count


@pytest.mark.parametrize("weight", ["repositories", "downloads_30d", "downloads_all_time"])
@pytest.mark.parametrize("with_undeclared", [True, False])
def test_shares_of_licence_classes_are_of_what_is_drawn(warehouse, weight, with_undeclared):
    choices = Choices(weight=weight, with_undeclared=with_undeclared)
    frame = figures.licences.CLASSES.read(warehouse, choices).frame
    assert frame["share"].sum() == pytest.approx(1)
    assert ("undeclared" in set(frame["licence_class"])) == with_undeclared
    months = figures.licences.BY_MONTH.read(warehouse, choices).frame.groupby("created_month")["share"].sum()
    assert months.tolist() == pytest.approx([1] * len(months))


def test_spaces_are_not_weighed_by_downloads_that_nobody_counts(warehouse):
    with pytest.raises(NothingToShow, match="not_counted"):
        figures.licences.CLASSES.read(warehouse, Choices(kind="space", weight="downloads_30d"))


def test_a_pinned_view_draws_what_stood_there_then(warehouse):
    now = figures.growth.POPULATION.read(warehouse, Choices())
    then = now.frame["snapshot_at"].sort_values().unique()[2]
    pinned = Choices(as_of=pd.Timestamp(then).to_pydatetime())
    facts = figures.growth.POPULATION.read(warehouse, pinned)
    assert facts.frame["snapshot_at"].max() == then
    assert facts.snapshot.snapshot_at == then
    expected = now.frame[now.frame["snapshot_at"] <= then].reset_index(drop=True)
    pd.testing.assert_frame_equal(facts.frame.reset_index(drop=True), expected)


def test_before_the_first_snapshot_there_is_nothing_to_show(warehouse):
    for figure in (figures.growth.CUMULATIVE, figures.licences.CLASSES, figures.data.SERIES):
        with pytest.raises(NothingToShow, match="no_snapshot"):
            figure.read(warehouse, Choices(as_of=datetime(2001, 1, 1)))


def test_the_cumulative_line_ends_at_the_repositories_whose_date_is_known(warehouse):
    facts = figures.growth.CUMULATIVE.read(warehouse, Choices())
    models = facts.frame[facts.frame["kind"] == "model"]
    assert models["cumulative_count"].max() == facts.shown == facts.total - facts.undeclared


def test_a_pause_in_collection_interrupts_the_line():
    moments = pd.to_datetime(["2026-01-01", "2026-01-02", "2026-02-01", "2026-02-02"])
    frame = pd.DataFrame(
        {
            "kind": "model",
            "snapshot_at": moments,
            "repository_count": [10, 11, 40, 41],
            "is_after_gap": [False, False, True, False],
        }
    )
    drawn = segments(frame, "kind")
    assert drawn["segment"].tolist() == [0, 0, 1, 1]
    spec = growth_charts.population(drawn, Say("en"), log=False).to_dict()
    assert spec["layer"][0]["encoding"]["detail"]["field"] == "segment"


def test_the_month_of_the_backfill_is_said_to_be_on_or_before():
    months = pd.DataFrame(
        {
            "created_month": pd.to_datetime(["2022-03-01", "2022-03-01", "2022-04-01"]),
            "is_on_or_before": [True, False, False],
            "survivor_count": [90, 5, 7],
            "removed_count": [3, 0, 1],
        }
    )
    spec = growth_charts.created(months, Say("en"), kind="model").to_dict()
    (note,) = [part for part in _marks(spec) if part["mark"]["type"] == "text"]
    (row,) = spec["datasets"][note["data"]["name"]]
    assert (row["note"], row["total"]) == ("on or before this month", 98)


def test_a_licence_with_hostile_characters_is_drawn_as_text():
    hostile = "<img src=x onerror=alert(1)>"
    frame = pd.DataFrame(
        {
            "licence_id": [hostile, *(f"licence-{place}" for place in range(30))],
            "licence_class": ["other"] * 31,
            "value": range(31, 0, -1),
        }
    )
    spec = licence_charts.licences(frame, Say("en"), measure="Repositories", keep=16).to_dict()
    rows = next(iter(spec["datasets"].values()))
    assert rows[0]["licence"] == hostile
    assert rows[-1]["licence"] == "other (15 more)"
    assert len(rows) == 17


@pytest.mark.parametrize(
    "text", ["<b>bold</b>", "[a](javascript:alert(1))", "**x**", "$x$", ":red[x]", "`x`", "# x", "a_b_c"]
)
def test_text_of_the_data_keeps_no_mark_of_markdown(text):
    marks = set("\\`*_{}[]()#+-.!|~<>$:&")
    escaped = plain(text)
    assert escaped.replace("\\", "") == text.replace("\\", "")
    assert all(escaped[place - 1] == "\\" for place, sign in enumerate(escaped) if sign in marks - {"\\"})


def test_a_bare_address_in_the_data_does_not_become_a_link():
    assert "://" not in plain("https://example.org").replace("\\", "")


def test_the_caption_names_snapshot_coverage_counts_and_source(warehouse):
    facts = figures.licences.CLASSES.read(warehouse, Choices())
    real = facts.with_(
        snapshot=replace(
            facts.snapshot,
            coverage="top",
            coverage_limit=10_000,
            is_simulated=False,
            endpoint="https://huggingface.co",
            snapshot_at=datetime(2026, 11, 24, 12),
        ),
        shown=7,
        total=10,
        undeclared=3,
    )
    assert provenance(Say("en"), figures.licences.CLASSES, real) == [
        "Snapshot 24 Nov 2026, 12:00 UTC",
        "top 10,000 by downloads",
        "7 of 10 models",
        "not declared 3",
        "Source: Hugging Face Hub API (huggingface.co)",
    ]
