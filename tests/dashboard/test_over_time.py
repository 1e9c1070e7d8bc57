"""Periods that have not ended, and those that hold too few for a share."""

from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest

from dashboard.figures.facts import Facts
from dashboard.figures.over_time import enough, marked
from tests.dashboard.exporting import SNAPSHOT


@pytest.mark.parametrize(
    ("at", "months", "expected"),
    [
        (datetime(2026, 11, 24), 1, [False, True]),
        (datetime(2026, 12, 1), 1, [False, False]),
        (datetime(2026, 12, 1), 3, [False, True]),
    ],
)
def test_a_period_is_complete_once_its_last_day_has_passed(at, months, expected):
    frame = pd.DataFrame({"month": pd.to_datetime(["2026-08-01" if months == 3 else "2026-10-01", "2026-11-01"])})
    found = marked(Facts(frame, "", replace(SNAPSHOT, snapshot_at=at)), "month", months)
    assert list(found.frame["is_partial"]) == expected
    assert ("growth.caveats.partial" in found.notes) == any(expected)


def test_of_a_month_with_fewer_than_thirty_repositories_no_share_is_drawn():
    frame = pd.DataFrame({"month": [1, 1, 2, 2], "repository_count": [20, 9, 20, 10]})
    assert list(enough(frame, "month")["month"]) == [2, 2]
