"""Cron times, catching up, and stopping."""

import os
import signal
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from collector.schedule import cron_trigger, is_due, keep_collecting
from warehouse.errors import SourceError

TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
NEVER_SOON = "0 0 1 1 *"


@pytest.mark.parametrize(
    ("cron", "following"),
    [
        ("0 12 * * *", "Tue 2026-11-24 12:00"),
        ("*/15 * * * *", "Tue 2026-11-24 09:00"),
        ("0 12 * * 0", "Sun 2026-11-29 12:00"),
        ("0 12 * * 7", "Sun 2026-11-29 12:00"),
        ("0 12 * * 3-5", "Wed 2026-11-25 12:00"),
        ("0 12 * * */3", "Wed 2026-11-25 12:00"),
        ("0 12 * * mon", "Mon 2026-11-30 12:00"),
    ],
)
def test_a_cron_expression_means_what_cron_means(cron, following):
    assert f"{cron_trigger(cron).get_next_fire_time(None, TUESDAY):%a %Y-%m-%d %H:%M}" == following


@pytest.mark.parametrize("cron", ["", "0 12 * *", "a * * * *", "0 25 * * *", "0 0 * * 9"])
def test_what_is_no_cron_expression_is_refused(cron):
    with pytest.raises(ValueError):
        cron_trigger(cron)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, True),
        (TUESDAY - timedelta(hours=21), False),  # Monday 12:00, on time
        (TUESDAY - timedelta(hours=22), True),  # Monday 11:00: the run of Monday 12:00 was missed
        (TUESDAY - timedelta(days=9), True),
    ],
)
def test_a_missed_time_is_caught_up(last, due):
    assert is_due(cron_trigger("0 12 * * *"), last, TUESDAY) is due


@pytest.fixture(autouse=True)
def interruptible():
    """A shell that starts the tests in the background has them pass over SIGINT."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def keep(collect, *, is_due):
    said = []
    now = datetime.now(UTC)
    last = None if is_due else now
    keep_collecting(collect, cron_trigger(NEVER_SOON), last_snapshot_at=last, now=now, say=said.append)
    return said


def send(number, after):
    threading.Timer(after, os.kill, (os.getpid(), number)).start()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_while_waiting_stops_cleanly(number):
    send(number, 0.2)
    assert keep(lambda: pytest.fail("nothing was due"), is_due=False) == [
        "Stopped. A run that was under way resumes at its last landed page."
    ]


def test_a_signal_during_a_run_ends_the_run_at_once():
    send(signal.SIGTERM, 0.2)
    began = time.monotonic()
    keep(lambda: time.sleep(30), is_due=True)
    assert time.monotonic() - began < 5


def test_a_run_that_fails_is_said_and_does_not_end_the_schedule():
    def fails():
        send(signal.SIGTERM, 0.2)
        raise SourceError("the Hub is away")

    said = keep(fails, is_due=True)
    assert said[0] == "hubscope: the Hub is away" and said[1].startswith("Trying again at")
