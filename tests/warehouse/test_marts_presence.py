"""Who was listed when: the marts against the listings themselves, in whatever order these landed."""

from datetime import datetime

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.warehouse.marts import MODELS, model, rows, take_run
from tests.warehouse.steps import at
from warehouse.marts import plan
from warehouse.marts.build import build
from warehouse.settings import Home

Absence = tuple[str, datetime, datetime | None]
ABSENCES = "select repository_key, absent_from, absent_to from absences order by all"


def land(home: Home, day: int, listed: str) -> None:
    """A run of a day, which lists these keys."""
    take_run(home, day, {MODELS: [model(key, day) for key in listed]})


def absences_of(listings: dict[int, str]) -> list[Absence]:
    """What the listings (day → keys) say of themselves."""
    found = []
    for key in {key for listed in listings.values() for key in listed}:
        since, was_seen = None, False
        for day, listed in sorted(listings.items()):
            if key not in listed and was_seen and since is None:
                since = day
            elif key in listed and since is not None:
                found.append((key, at(since), at(day)))
                since = None
            was_seen = was_seen or key in listed
        if since is not None:
            found.append((key, at(since), None))
    return sorted(found, key=str)


@pytest.mark.parametrize("portion", [1, plan.PORTION])
def test_a_late_snapshot_dates_a_departure_earlier_and_does_not_end_it(home, monkeypatch, portion):
    monkeypatch.setattr(plan, "PORTION", portion)
    for day, listed in ((1, "ab"), (3, "a"), (4, "ab"), (2, "a")):
        land(home, day, listed)
    build(home)
    assert rows(home, ABSENCES) == [("b", at(2), at(4))]
    assert rows(home, "select removed_count from snapshots order by snapshot_at") == [(0,), (1,), (0,), (0,)]


@settings(
    max_examples=5,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    listed=st.lists(st.text("abcd", min_size=1, max_size=4), min_size=3, max_size=7),
    order=st.randoms(use_true_random=False),
    portion=st.sampled_from([1, plan.PORTION]),
)
def test_absences_and_counts_are_those_of_the_listings_in_whatever_order_they_landed(
    tmp_path_factory, listed, order, portion
):
    home = Home(tmp_path_factory.mktemp("home"))
    listings = {day: "".join(sorted(set(keys))) for day, keys in enumerate(listed, 1)}
    days = list(listings)
    order.shuffle(days)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(plan, "PORTION", portion)
        for day in days:
            land(home, day, listings[day])
            if order.random() < 0.3:
                build(home)
        build(home)
    assert sorted(rows(home, ABSENCES), key=str) == absences_of(listings)
    assert rows(home, "select snapshot_at, repository_count, removed_count from snapshots order by snapshot_at") == [
        (at(day), len(keys), len({*listings.get(day - 1, "")} - {*keys})) for day, keys in listings.items()
    ]
