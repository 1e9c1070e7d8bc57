"""Which snapshots are kept."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from warehouse.upkeep.prune import Retention

TODAY = date(2026, 11, 24)
NOONS = [datetime(2026, 11, 24, 12) - timedelta(days=days) for days in range(1200)]
MOMENTS = st.sets(
    st.builds(
        lambda days, hours: datetime(2026, 11, 24) - timedelta(days=days, hours=hours),
        st.integers(0, 1500),
        st.integers(0, 23),
    ),
    min_size=1,
)
RULES = st.builds(Retention, daily=st.integers(1, 200), weekly=st.integers(1, 900))


def test_all_days_of_three_months_all_weeks_of_two_years_and_all_months_are_kept():
    kept = Retention().kept(NOONS, TODAY)
    daily = [at for at in kept if (TODAY - at.date()).days < 90]
    weekly = [at for at in kept if 90 <= (TODAY - at.date()).days < 730]
    assert len(daily) == 90
    assert all(at.weekday() == 0 or at.day == 1 for at in weekly)
    mondays = [at for at in NOONS if at.weekday() == 0 and 90 <= (TODAY - at.date()).days < 730]
    assert set(mondays) <= set(weekly)
    oldest = sorted(at for at in kept if (TODAY - at.date()).days >= 730)
    assert all(at.day == 1 for at in oldest[1:]) and oldest[0] == NOONS[-1]


def test_of_several_snapshots_on_a_day_the_first_is_kept_and_the_newest_of_all():
    hours = [datetime(2026, 11, day, hour) for day in (20, 24) for hour in (6, 12, 18)]
    assert Retention().kept(hours, TODAY) == {hours[0], hours[3], hours[5]}


@given(moments=MOMENTS, rule=RULES, later=st.integers(0, 400))
def test_pruning_often_keeps_what_pruning_once_does(moments, rule, later):
    at_once = rule.kept(moments, TODAY + timedelta(days=later))
    in_steps = rule.kept(rule.kept(moments, TODAY), TODAY + timedelta(days=later))
    assert in_steps == at_once
    assert max(moments) in at_once


@given(moments=MOMENTS, rule=RULES)
def test_no_month_is_lost(moments, rule):
    months = {(at.year, at.month) for at in moments}
    assert {(at.year, at.month) for at in rule.kept(moments, TODAY)} == months
