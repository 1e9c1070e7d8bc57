"""What a picture says above its title: computed, and silent where the facts tell nothing."""

import math

import pandas as pd
import pytest

from dashboard.choices import Choices
from dashboard.figures import FIGURES, findings
from dashboard.figures.facts import Facts, NothingToShow, headline, title_lines, title_of
from dashboard.lessons import LESSONS
from dashboard.say import LANGUAGES, Say
from warehouse.read import open_current

EN = Say("en")
TELLING = [figure for figure in (*FIGURES, *(lesson.figure for lesson in LESSONS)) if figure.finding]


def _said(finding, rows, **of) -> str | None:
    found = finding(Facts(pd.DataFrame(rows), "", None, **of), Choices())
    return None if found is None else EN.write(found)


def test_who_has_most_over_all_rows_leads_and_what_is_not_declared_never_does():
    rows = [
        {"library": "undeclared", "n": 90},
        {"library": "a", "n": 10},
        {"library": "b", "n": 6},
        {"library": "b", "n": 7},
    ]
    assert _said(findings.leads("library", "n"), rows) == "b leads: 13"
    assert _said(findings.leads("library", "n"), rows[:1]) is None
    assert _said(findings.leads("library", "n"), [{"library": "a", "n": math.nan}]) is None


def test_a_change_needs_two_moments_and_counts_no_month_that_has_not_ended():
    finding = findings.moved_most("size", "month", "share", findings.column("size"))
    months = pd.to_datetime(["2026-01-01", "2026-02-01", "2026-03-01"])
    rows = [
        {"month": month, "size": size, "share": share, "is_partial": month == months[-1]}
        for month, shares in zip(months, ((0.5, 0.5), (0.3, 0.7), (0.0, 1.0)), strict=True)
        for size, share in zip("ab", shares, strict=True)
    ]
    assert _said(finding, rows) == "a: 50.0% → 30.0% since Jan 2026"
    assert _said(finding, rows[:2]) is None
    assert _said(finding, [{**row, "share": 0.5} for row in rows]) is None


def test_half_of_all_came_since_the_month_that_passed_half():
    months = pd.to_datetime(["2025-12-01", "2026-01-01", "2026-02-01"])
    rows = [
        {"kind": "model", "created_month": m, "cumulative_count": n} for m, n in zip(months, (4, 6, 10), strict=True)
    ]
    assert _said(findings.half, rows) == "Models: 10, half of them since Jan 2026"
    assert _said(findings.half, rows[:1]) is None


def test_nothing_is_said_of_what_is_not_declared_where_it_was_left_out():
    rows = [{"licence_class": "permissive", "share": 1.0}]
    assert _said(findings.terms, rows) is None


@pytest.mark.parametrize("figure", TELLING, ids=lambda figure: figure.key)
def test_a_picture_says_its_finding_and_under_it_what_it_is(demo_home, figure):
    try:
        facts = figure.read(open_current(demo_home), Choices())
    except NothingToShow:
        pytest.skip("this world has none")
    for language in LANGUAGES:
        say = Say(language)
        title, lines = title_lines(figure, facts, say, Choices())
        assert title == say.write(headline(figure, facts, Choices()))
        if title != say.write(title_of(figure, facts, Choices())):
            assert lines[0] == say.write(title_of(figure, facts, Choices()))
        assert say("ui.unknown") not in title
