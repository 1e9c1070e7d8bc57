"""What changed most between two snapshots: compared with the last known value, however long ago that was."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.warehouse.marts import MODELS, model, take_run
from tests.warehouse.steps import at
from warehouse.marts.build import build
from warehouse.read import open_current
from warehouse.settings import Home

DAYS = (1, 40, 50, 80, 90)
"""Far apart, for a value before is looked for in the weeks before first."""


def changed(home: Home, since: int, now: int) -> dict[str, dict[str, tuple[int | None, int | None]]]:
    """State → key → downloads before and now."""
    found = open_current(home).query(
        "changes_repositories", kind="model", coverage="full", since_at=at(since), snapshot_at=at(now)
    )
    told: dict[str, dict[str, tuple[int | None, int | None]]] = {}
    for row in found.astype(object).where(found.notna(), None).to_dict("records"):
        counted = (row["previous_downloads_30d"], row["downloads_30d"])
        told.setdefault(row["state"], {})[row["id"].removeprefix("a/")] = counted
    return told


def expected(before: dict[str, int], now: dict[str, int]) -> dict[str, dict[str, tuple[int | None, int | None]]]:
    """The same of two listings, key → downloads."""
    told: dict[str, dict[str, tuple[int | None, int | None]]] = {}
    for key in before | now:
        then, later = before.get(key), now.get(key)
        if then == later:
            continue
        state = "new" if then is None else "vanished" if later is None else "up" if later > then else "down"
        told.setdefault(state, {})[key] = (then, later)
    return told


@settings(
    max_examples=3,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    listings=st.lists(
        st.dictionaries(st.sampled_from("abcde"), st.integers(0, 3), min_size=1), min_size=len(DAYS), max_size=len(DAYS)
    )
)
def test_what_changed_between_any_two_snapshots_is_what_their_listings_say(tmp_path_factory, listings):
    home = Home(tmp_path_factory.mktemp("home"))
    listed = dict(zip(DAYS, listings, strict=True))
    for day, counters in listed.items():
        take_run(home, day, {MODELS: [model(key, downloads) for key, downloads in counters.items()]})
    build(home)
    for since in DAYS:
        for now in DAYS:
            if since < now:
                assert changed(home, since, now) == expected(listed[since], listed[now]), (since, now)


@pytest.mark.parametrize("since", [1, 50])
def test_the_value_before_may_be_years_old(home, since):
    for day, downloads in ((1, 7), (50, 7), (800, 9)):
        take_run(home, day, {MODELS: [model("a", downloads), model("b", day)]})
    build(home)
    assert changed(home, since, 800)["up"]["a"] == (7, 9)


def test_how_many_of_the_new_were_created_since_is_unknown_where_no_date_is_given(home):
    undated = {"createdAt": None}
    for day, listing in enumerate(
        (
            [model("a", **undated)],
            [model("a", **undated), model("b", **undated)],
            [model("a", **undated), model("b", **undated), model("c", createdAt="2026-03-03T01:00:00.000Z")],
        ),
        start=1,
    ):
        take_run(home, day, {MODELS: listing})
    build(home)
    told = [
        open_current(home)
        .query("changes_population", kind="model", coverage="full", since_at=at(day), snapshot_at=at(day + 1))[
            ["new_count", "created_count"]
        ]
        .astype(object)
        .iloc[0]
        .tolist()
        for day in (1, 2)
    ]
    assert told[1] == [1, 1]
    assert told[0][0] == 1
    assert pd.isna(told[0][1])
