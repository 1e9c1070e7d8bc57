"""How a command ends when it is told to: by Ctrl-C, by a service manager or a container (TERM), or with its terminal (HUP).

From its first line on, a signal ends the program within two seconds with exit code 130 and one sentence. While it starts there is
nothing to keep, and it ends at once. Later the work that is under way is interrupted and puts things in order; what takes longer
than that is cut off, which the history survives at any moment.
"""

import atexit
import os
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from types import FrameType

EXIT_CODE = 130
PATIENCE = 1.5
"""Seconds for putting things in order."""
SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
SENTENCE = "hubscope: stopped; what was complete before is kept."

_asked = threading.Event()
_said = threading.Event()


def is_asked() -> bool:
    """Whether a signal has told us to end."""
    return _asked.is_set()


def say() -> None:
    """The sentence, once."""
    if not _said.is_set():
        _said.set()
        with suppress(OSError):
            os.write(2, f"{SENTENCE}\n".encode())


def end_at_once() -> None:
    """For the start of the program: a signal ends it then and there."""
    _listen(lambda number, frame: _cut_off())


def interrupt() -> None:
    """For the work: the first signal raises KeyboardInterrupt, and what is not over soon is cut off."""
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    threading.Thread(target=_watch, args=(ours, theirs), name="stopping", daemon=True).start()
    sys.unraisablehook = _unraisable
    atexit.register(_leave)
    _listen(_interrupted)


def _listen(handler: "signal._HANDLER") -> None:
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup and shells' background jobs ask for that
            signal.signal(number, handler if number in (signal.SIGINT, signal.SIGTERM) else _as_term)
    if hasattr(
        signal, "pthread_sigmask"
    ):  # whoever started us may hold signals back; that is theirs, and not ours to keep
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


def _leave() -> None:
    """What is left is to take Python apart: the exit code stands, and no signal changes it any more.

    Python ends itself by SIGINT where an interruption went through a text that it executed (as dataclasses do), caught or not;
    one that is executed well lets it forget that.
    """
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    exec("")


def _as_term(number: int, frame: FrameType | None) -> None:
    """A terminal that is gone ends us as `kill` does, whoever listens to that by then: servers hear INT and TERM alone."""
    signal.raise_signal(signal.SIGTERM)


def _interrupted(number: int, frame: FrameType | None) -> None:
    if not _asked.is_set():
        _asked.set()
        raise KeyboardInterrupt


def _watch(heard: socket.socket, spoken: socket.socket) -> None:
    """Hears a signal even while the work is deep in a library that lets no Python run."""
    while heard.recv(1)[0] not in SIGNALS:
        pass
    time.sleep(PATIENCE)
    _cut_off()


def _cut_off() -> None:
    say()
    os._exit(EXIT_CODE)


def _unraisable(found: "sys.UnraisableHookArgs") -> None:
    """An interruption that hit a place that cannot pass it on is no fault; the watcher ends us."""
    if found.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(found)
