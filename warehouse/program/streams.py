"""Where words leave the program: one policy for whatever the other end can show, and for one that is gone or full.

What an encoding has no letter for is written as JSON escapes it (`\\u4e2d`), so JSON stays JSON. Words that cannot be written are
lost, and the work is not: nothing raises. Whoever ends the program asks `lost_words` and says so.
"""

import codecs
import errno
import io
import os
import sys
from typing import Any, TextIO, cast

ESCAPED = "hubscope.escaped"
BROKEN = (errno.EPIPE, errno.EINVAL, errno.ESHUTDOWN)
"""Of a reader that has seen enough, as `| head` has; on Windows it is EINVAL."""


class _Tolerant(io.RawIOBase):
    """A stream that takes everything, and remembers why some of it went nowhere."""

    def __init__(self, raw: Any, owner: TextIO) -> None:
        self.raw = raw
        self.owner = owner
        """Closes `raw` when nobody holds it any more."""
        self.fault: OSError | None = None

    def write(self, data: bytes) -> int:  # type: ignore[override]
        if self.fault is None:
            try:
                return int(self.raw.write(data) or 0)
            except OSError as error:
                self.fault = error
        return len(data)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return int(self.raw.fileno())

    def isatty(self) -> bool:
        return bool(self.raw.isatty())


def prepare() -> None:
    """Put standard output and error under the policy; one that is closed takes everything."""
    codecs.register_error(ESCAPED, _escaped)
    codecs.register(_seven_bits)
    for descriptor, (name, mode) in enumerate((("stdin", "rb"), ("stdout", "wb"), ("stderr", "wb"))):
        if getattr(sys, name) is None:  # closed before we began; the next file opened must not take its place
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != descriptor:
                os.dup2(nowhere, descriptor)
                os.close(nowhere)
            raw = io.FileIO(descriptor, mode, closefd=False)
            buffer = io.BufferedReader(raw) if name == "stdin" else io.BufferedWriter(raw)
            setattr(sys, name, io.TextIOWrapper(buffer, "utf-8"))
    sys.stdout, sys.stderr = _tolerant(sys.stdout), _tolerant(sys.stderr)


def lost_words() -> str | None:
    """Why something of standard output went nowhere, if it did and whoever read it did not mean to stop."""
    sys.stdout.flush()
    tolerant = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    fault = tolerant.fault if isinstance(tolerant, _Tolerant) else None
    return None if fault is None or fault.errno in BROKEN else fault.strerror or str(fault)


def _tolerant(stream: TextIO) -> TextIO:
    buffer = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)  # the very same where Python was told not to buffer
    if not isinstance(raw, io.RawIOBase):
        return stream
    stream.flush()
    encoding = "seven-bits" if codecs.lookup(stream.encoding).name == "ascii" else stream.encoding
    is_eager = raw.isatty() or raw is buffer or stream is sys.stderr
    return io.TextIOWrapper(
        io.BufferedWriter(cast(Any, _Tolerant(raw, stream))), encoding, ESCAPED, line_buffering=is_eager
    )


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """The letters that do not fit, as JSON escapes them."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    pairs = zip(units[::2], units[1::2], strict=True)
    return "".join(f"\\u{high:02x}{low:02x}" for high, low in pairs), error.end


def _seven_bits(name: str) -> codecs.CodecInfo | None:
    """ASCII under a name of ours: click takes the real one for a mistake and writes UTF-8 to a reader who asked for ASCII."""
    if name.replace("_", "-") != "seven-bits":
        return None
    known = codecs.lookup("ascii")
    return codecs.CodecInfo(
        known.encode, known.decode, known.streamreader, known.streamwriter,
        known.incrementalencoder, known.incrementaldecoder, "seven-bits",
    )  # fmt: skip
