"""Runs at the times of a cron expression, for years: catches up after downtime, never two at once, stops cleanly.

The times are APScheduler's; its schedulers sleep until the next one by a clock that stands still while the machine does.
"""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta

from apscheduler.triggers.cron import CronTrigger

from warehouse.errors import BusyError, HubscopeError

# The Hub refreshes its counters once a day, mostly between 07:00 and 09:00 UTC.
RETRY_AFTER = timedelta(minutes=30)  # an interrupted run is resumable for a day
WAKE_EVERY = 60.0  # seconds: no time to run is noticed later than that, whatever the clock or the machine did meanwhile
WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def cron_trigger(cron: str) -> CronTrigger:
    """The trigger of a five-field cron expression in UTC; ValueError when it is none."""
    fields = cron.split()
    if len(fields) != 5:
        raise ValueError(f'"{cron}" is not a cron expression: five fields are needed, not {len(fields)}.')
    fields[4] = ",".join(_named_weekdays(part) for part in fields[4].split(","))
    trigger = CronTrigger.from_crontab(" ".join(fields), timezone=UTC)
    if trigger.get_next_fire_time(None, datetime.now(UTC)) is None:
        raise ValueError(f'"{cron}" names a day that never comes.')
    return trigger


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
    """Whether a time to run has passed since the last snapshot (both aware); one of the future says nothing."""
    if last_snapshot_at is None or last_snapshot_at > now:
        return True
    return next_time(trigger, last_snapshot_at + timedelta(seconds=1)) <= now


def next_time(trigger: CronTrigger, after: datetime) -> datetime:
    """The first time to run from `after` on."""
    following: datetime | None = trigger.get_next_fire_time(None, after)
    return following or datetime.max.replace(tzinfo=UTC)


@contextmanager
def terminated_like_interrupted() -> Iterator[None]:
    """SIGTERM (systemd, docker stop, kill) and SIGHUP (the terminal closes) raise KeyboardInterrupt as Ctrl-C does.

    So locks are freed and words are said. What the program listens to already stays so, and a signal that was to be ignored (by
    nohup, or a shell that starts us in the background) too; Windows has no SIGHUP.
    """
    with ExitStack() as before:
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) == signal.SIG_DFL:
                before.callback(signal.signal, number, signal.signal(number, signal.default_int_handler))
        yield


def keep_collecting(
    collect: Callable[[], None],
    trigger: CronTrigger,
    *,
    last_snapshot_at: Callable[[], datetime | None],
    say: Callable[[str], None],
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Call `collect` at every time of `trigger`, and at once if one was missed; returns on SIGINT, SIGTERM and SIGHUP.

    A run that fails is said and tried again after half an hour, where it resumes; one that met another run at work is not,
    if that one took the snapshot. Faults of our own are raised.
    """
    with terminated_like_interrupted():
        try:
            met_another = False
            now = clock()
            due_at = now if is_due(trigger, last_snapshot_at(), now) else next_time(trigger, now)
            while True:
                now, before = clock(), now
                if now < before - RETRY_AFTER:  # the clock was set right
                    due_at = next_time(trigger, now)
                if now < due_at:
                    sleep(min(WAKE_EVERY, (due_at - now).total_seconds()))
                    continue
                due_at = next_time(trigger, now + timedelta(seconds=1))
                if met_another and not is_due(trigger, last_snapshot_at(), now):
                    met_another = False
                    continue
                if failure := _failure(collect, say):
                    due_at = min(due_at, clock() + RETRY_AFTER)
                    say(f"Trying again at {due_at:%H:%M} UTC.")
                met_another = isinstance(failure, BusyError)
        except KeyboardInterrupt:
            say("Stopped. A run that was under way resumes at its last landed page.")


def _failure(collect: Callable[[], None], say: Callable[[str], None]) -> HubscopeError | None:
    """Run once; what went wrong, said."""
    try:
        collect()
    except HubscopeError as error:
        say(f"hubscope: {error}")
        return error
    return None
