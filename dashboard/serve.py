"""Starts the dashboard as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from warehouse.settings import Home

APP = Path(__file__).parent / "app.py"


def serve(home: Home, *, port: int) -> None:
    """Serve the dashboard on `port` until it is stopped (Ctrl-C), without telemetry or a prompt for an address."""
    root = str(APP.parent.parent)
    environment = {
        **os.environ,
        "HUBSCOPE_HOME": str(home.path),
        "PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")])),
    }
    try:
        subprocess.run(
            [sys.executable, "-m", "streamlit", "run", str(APP), *_options(port)], env=environment, check=False
        )
    except KeyboardInterrupt:
        return


def _options(port: int) -> list[str]:
    """Without a stated address Streamlit would ask a foreign host for this machine's own."""
    stated = {
        "server.port": str(port),
        "server.headless": "true",
        "browser.serverAddress": "localhost",
        "browser.gatherUsageStats": "false",
    }
    return [part for name, value in stated.items() for part in (f"--{name}", value)]
