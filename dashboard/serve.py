"""Serves the dashboard in this process, until it is stopped."""

import os
from pathlib import Path

from warehouse.settings import Home

APP = Path(__file__).parent / "app.py"


def serve(home: Home, *, port: int) -> None:
    """Serve the dashboard on `port` until it is stopped (Ctrl-C), without telemetry or a prompt for an address."""
    from streamlit.web.cli import main as streamlit  # half a second that no other command needs

    os.environ["HUBSCOPE_HOME"] = str(home.path)  # the pages read it, each on its own
    streamlit(["run", str(APP), *_options(port)], standalone_mode=False)


def _options(port: int) -> list[str]:
    """Without a stated address Streamlit would ask a foreign host for this machine's own."""
    stated = {
        "server.port": str(port),
        "server.headless": "true",
        "browser.serverAddress": "localhost",
        "browser.gatherUsageStats": "false",
    }
    return [part for name, value in stated.items() for part in (f"--{name}", value)]
