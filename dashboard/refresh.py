"""Collecting from the dashboard: one `hubscope collect` as a process of its own, whoever clicks and however often.

The run belongs to the server, not to the reader's tab: closing the tab neither stops it nor blocks it, and every
reader sees the same progress.
"""

import os
import re
import subprocess
import sys
import threading
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from warehouse.settings import Home

ROOT = Path(__file__).parent.parent
KEPT_LINES = 200
_LINE_END = re.compile(rb"[\r\n]+")  # progress lines overwrite themselves with a carriage return


@dataclass
class Refresh:
    """The collecting process of this server: at most one at a time."""

    lines: deque[str] = field(default_factory=lambda: deque(maxlen=KEPT_LINES))
    exit_code: int | None = None
    """Of the run that ended last; None before the first and while one is under way."""
    _reader: threading.Thread | None = None
    _starting: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_running(self) -> bool:
        """Whether a run started here is under way."""
        return self._reader is not None and self._reader.is_alive()

    def start(self, home: Home) -> bool:
        """Start collecting into `home`; False when a run started here is still under way."""
        with self._starting:
            if self.is_running:
                return False
            self.lines.clear()
            self.exit_code = None
            process = subprocess.Popen(
                [sys.executable, "-m", "hubscope", "collect"],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
                env={**os.environ, "HUBSCOPE_HOME": str(home.path), "PYTHONUNBUFFERED": "1"},
            )
            self._reader = threading.Thread(target=self._follow, args=(process,), daemon=True)
            self._reader.start()
            return True

    def _follow(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        rest = b""
        with process:
            while chunk := process.stdout.read1(4096):  # type: ignore[attr-defined]
                *whole, rest = _LINE_END.split(rest + chunk)
                self.lines.extend(line.decode("utf-8", "replace").rstrip() for line in whole if line.strip())
        if rest.strip():
            self.lines.append(rest.decode("utf-8", "replace").rstrip())
        self.exit_code = process.returncode
