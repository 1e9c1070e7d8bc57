"""Runs at the times of a cron expression, for years: catches up after downtime, never two at once, stops cleanly."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from apscheduler.events import EVENT_JOB_SUBMITTED
from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

from warehouse.errors import HubscopeError

# The Hub refreshes its counters once a day, mostly between 07:00 and 09:00 UTC.
RETRY_AFTER = timedelta(minutes=30)  # an interrupted run is resumable for a day
WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def cron_trigger(cron: str) -> CronTrigger:
    """The trigger of a five-field cron expression in UTC; ValueError when it is none."""
    fields = cron.split()
    if len(fields) != 5:
        raise ValueError(f'"{cron}" is not a cron expression: five fields are needed, not {len(fields)}.')
    fields[4] = ",".join(_named_weekdays(part) for part in fields[4].split(","))
    return CronTrigger.from_crontab(" ".join(fields), timezone=UTC)


def _named_weekdays(part: str) -> str:
    """`0` as sun, `5-7` as fri,sat,sun, `*/3` as sun,wed,sat: cron counts from Sunday, APScheduler 3 from Monday."""
    days, _, step = part.partition("/")
    first, _, last = ("0-6" if days == "*" and step else days).partition("-")
    if not first.isdigit():
        return part
    chosen = range(int(first), int(last or (6 if step else first)) + 1, int(step or 1))
    if not chosen or max(chosen) > 7:
        raise ValueError(f'"{part}" is not a weekday: 0 (or 7) is Sunday, 6 is Saturday.')
    return ",".join(WEEKDAYS[day % 7] for day in chosen)


def is_due(trigger: CronTrigger, last_snapshot_at: datetime | None, now: datetime) -> bool:
    """Whether a time to run has passed since the last snapshot (both aware)."""
    if last_snapshot_at is None:
        return True
    following = trigger.get_next_fire_time(None, last_snapshot_at + timedelta(seconds=1))
    return following is not None and following <= now


@contextmanager
def terminated_like_interrupted() -> Iterator[None]:
    """SIGTERM (systemd, docker stop, kill) raises KeyboardInterrupt as Ctrl-C does: locks are freed, words are said."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def keep_collecting(
    collect: Callable[[], None],
    trigger: CronTrigger,
    *,
    last_snapshot_at: datetime | None,
    now: datetime,
    say: Callable[[str], None],
) -> None:
    """Call `collect` at every time of `trigger`, and at once if one was missed; returns on SIGINT and SIGTERM.

    A run that fails is said and tried again after half an hour, where it resumes.
    """
    # The executor that runs a job in this very thread: a signal then ends the run at once, between two pages, and two
    # runs can never overlap.
    scheduler = BlockingScheduler(timezone=UTC, executors={"default": DebugExecutor()})
    stopped = False

    def run_once() -> None:
        nonlocal stopped
        try:
            collect()
        except HubscopeError as error:
            say(f"hubscope: {error}")
            again = datetime.now(UTC) + RETRY_AFTER
            say(f"Trying again at {again:%H:%M} UTC.")
            scheduler.add_job(run_once, run_date=again, trigger="date", id="again", replace_existing=True)
        except KeyboardInterrupt:
            stopped = True

    def shut_down(_: object) -> None:
        if stopped:
            scheduler.shutdown(wait=False)

    # Heard when the scheduler has put its jobs in order again: it cannot be shut down from within one.
    scheduler.add_listener(shut_down, EVENT_JOB_SUBMITTED)
    # No grace time: a time that passed while the machine slept is run late, once.
    first = {"next_run_time": now} if is_due(trigger, last_snapshot_at, now) else {}
    scheduler.add_job(run_once, trigger, id="collect", coalesce=True, max_instances=1, misfire_grace_time=None, **first)
    with terminated_like_interrupted():
        try:
            scheduler.start()
        except KeyboardInterrupt:
            scheduler.shutdown(wait=False)
    say("Stopped. A run that was under way resumes at its last landed page.")
