"""The address of the dashboard for a room of readers: printed at the start, and on a page for the projector."""

import io

import segno

from dashboard.listening import Listening
from dashboard.permission import KEY

OPEN: Listening | None = None
"""Where this process serves; None where it does not."""


def greeting(listening: Listening) -> str:
    """What the start prints: the address, as text and for a room as a QR code, and the operator's key where others can connect."""
    lines = [f"Dashboard: {listening.url}    (Ctrl-C stops it)"]
    if listening.is_class:
        lines += [
            "",
            qr_in_terminal(listening.url),
            f"Readers open {listening.url}",
            f"For the projector: {listening.url}/join",
        ]
    if not listening.is_local:
        lines += [f"To refresh from another machine, the operator's key, once: {KEY}"]
    return "\n".join(lines)


def qr_in_terminal(text: str) -> str:
    """A QR code in half-block characters, for a terminal."""
    drawn = io.StringIO()
    segno.make(text, micro=False).terminal(drawn, compact=True)
    return drawn.getvalue()


def qr_png(text: str) -> bytes:
    """Black on white in both themes: cameras want it so."""
    drawn = io.BytesIO()
    segno.make(text, micro=False).save(drawn, kind="png", scale=12, border=3)
    return drawn.getvalue()
