"""Cron times, catching up, and stopping."""

import os
import signal
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from collector.progress import Progress
from collector.schedule import cron_trigger, is_due, keep_collecting
from warehouse.errors import BusyError, SourceError
from warehouse.listings import Series

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


@pytest.mark.parametrize("cron", ["", "0 12 * *", "a * * * *", "0 25 * * *", "0 0 * * 9", "0 0 31 2 *"])
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
        (TUESDAY + timedelta(days=365), True),  # of a clock that was wrong: it says nothing
    ],
)
def test_a_missed_time_is_caught_up(last, due):
    assert is_due(cron_trigger("0 12 * * *"), last, TUESDAY) is due


@pytest.fixture(autouse=True)
def interruptible():
    """A shell that starts the tests in the background has them pass over SIGINT, and nohup over SIGHUP."""
    handlers = {signal.SIGINT: signal.default_int_handler, signal.SIGHUP: signal.SIG_DFL}
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def keep(collect, *, is_due):
    said = []
    last = None if is_due else datetime.now(UTC)
    keep_collecting(collect, cron_trigger(NEVER_SOON), last_snapshot_at=lambda: last, say=said.append)
    return said


class Nights:
    """A machine whose clock goes on as far as each sleep takes it, or jumps; it is switched off after some days."""

    def __init__(self, *, suspended_for=timedelta(0), days=3):
        self.now, self.until, self.suspended_for = TUESDAY, TUESDAY + timedelta(days=days), suspended_for
        self.runs, self.said, self.last = [], [], TUESDAY

    def sleep(self, seconds):
        self.now += timedelta(seconds=seconds) + self.suspended_for
        self.suspended_for = timedelta(0)
        if self.now > self.until:
            raise KeyboardInterrupt

    def collect(self):
        self.runs.append(f"{self.now:%d %H:%M}")
        self.last = self.now

    def keep(self, collect=None, cron="0 12 * * *"):
        keep_collecting(
            collect or self.collect,
            cron_trigger(cron),
            last_snapshot_at=lambda: self.last,
            say=self.said.append,
            clock=lambda: self.now,
            sleep=self.sleep,
        )
        return self.runs


def send(number, after):
    threading.Timer(after, os.kill, (os.getpid(), number)).start()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
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


def test_every_day_is_taken_once_at_its_time():
    assert Nights().keep() == ["24 12:00", "25 12:00", "26 12:00"]


def test_a_time_missed_while_the_machine_slept_is_run_within_a_minute_of_its_waking():
    assert Nights(suspended_for=timedelta(hours=15)).keep() == ["25 00:01", "25 12:00", "26 12:00"]


def test_a_clock_that_was_a_year_ahead_and_is_set_right_does_not_stop_the_runs_for_a_year():
    machine = Nights()
    machine.now = TUESDAY + timedelta(days=365, hours=1)
    machine.suspended_for = -timedelta(days=365)
    assert machine.keep() == [f"{TUESDAY + timedelta(days=365):%d} 10:00", "24 12:00", "25 12:00", "26 12:00"]


def test_a_run_that_met_another_one_is_not_repeated_if_that_one_took_the_snapshot():
    machine = Nights(days=1)

    def busy():
        machine.runs.append(f"{machine.now:%d %H:%M}")
        machine.last = machine.now
        raise BusyError("another run is at work")

    assert machine.keep(busy) == ["24 12:00"]


def test_a_run_that_failed_is_tried_again_after_half_an_hour_until_it_succeeds():
    machine = Nights(days=1)

    def fails_twice():
        machine.runs.append(f"{machine.now:%d %H:%M}")
        machine.last = machine.now
        if len(machine.runs) < 3:
            raise SourceError("the Hub is away")

    assert machine.keep(fails_twice) == ["24 12:00", "24 12:30", "24 13:00"]


def test_a_fault_of_our_own_ends_the_schedule():
    with pytest.raises(ZeroDivisionError):
        Nights().keep(lambda: 1 / 0)


def test_words_that_nobody_can_read_any_more_end_no_run():
    terminal, ours = os.openpty()
    stream = os.fdopen(ours, "w", encoding="utf-8")
    progress = Progress(stream)
    progress.begin(Series("hub_models"), planned=1, landed=0)
    os.close(terminal)
    progress.page(1_000, None)
    progress.say("hello")
    progress.end()
    with pytest.raises(OSError):  # as it would have been without
        stream.close()
