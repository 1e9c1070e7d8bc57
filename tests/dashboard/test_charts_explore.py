"""The comparison over time: points where a repository was observed, breaks where it was not."""

import pytest

from dashboard import figures
from dashboard.choices import Choices
from dashboard.figures.facts import NothingToShow
from dashboard.say import Say
from tests.warehouse.marts import MODELS, SPACES, TOP, built, model, space
from warehouse.read import open_current

SAY = Say("en")
HISTORY = figures.explore.HISTORY


def _chosen(*ids: str, kind: str = "model", measure: str = "downloads_30d") -> Choices:
    return Choices(kind=kind, extras=(("ids", ",".join(ids)), ("measure", measure)))


def _rows(home, choices: Choices) -> list[dict]:
    spec = HISTORY.draw(HISTORY.read(open_current(home), choices), SAY, choices).to_dict()
    return next(iter(spec["datasets"].values()))


def test_a_counter_that_did_not_change_is_still_a_point_at_every_snapshot(home):
    built(home, *({MODELS: [model("a", 5), model("b", n)]} for n in (1, 2, 3)))
    rows = _rows(home, _chosen("a/a", "a/b"))
    assert [row["value"] for row in rows if row["id"] == "a/a"] == [5, 5, 5]
    assert [row["value"] for row in rows if row["id"] == "a/b"] == [1, 2, 3]


def test_a_line_breaks_where_the_list_did_not_hold_the_repository(home):
    runs = ([model("a", 5), model("b", 9)], [model("b", 9)], [model("a", 6), model("b", 9)])
    built(home, *({TOP: listed} for listed in runs))
    rows = _rows(home, _chosen("a/a", "a/b"))
    assert [(row["value"], row["segment"]) for row in rows if row["id"] == "a/a"] == [(5, 0), (6, 1)]
    assert {row["segment"] for row in rows if row["id"] == "a/b"} == {0}


def test_an_unknown_counter_is_no_zero_and_no_bridge(home):
    built(home, *({MODELS: [model("a", downloads)]} for downloads in (5, None, 7)))
    rows = _rows(home, _chosen("a/a"))
    assert [(row["value"], row["segment"]) for row in rows] == [(5, 0), (7, 1)]


def test_spaces_are_compared_by_likes_whatever_the_link_says(home):
    built(home, {SPACES: [space("s", 3)]}, {SPACES: [space("s", 4)]})
    assert [row["value"] for row in _rows(home, _chosen("a/s", kind="space"))] == [3, 4]


def test_at_most_five_are_compared_each_once():
    assert figures.explore.chosen_ids(_chosen("a", "a", "b", "c", "d", "e", "f")) == ["a", "b", "c", "d", "e"]


def test_what_no_snapshot_lists_is_said(home):
    built(home, {MODELS: [model("a")]})
    with pytest.raises(NothingToShow, match="not_listed"):
        HISTORY.read(open_current(home), _chosen("no/such'model"))
