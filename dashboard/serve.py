"""Serve the dashboard in this process, until it is stopped."""

import gc
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import click

from dashboard.listening import Listening
from warehouse.settings import Home

APP = Path(__file__).parent / "app.py"


def serve(home: Home, listening: Listening) -> None:
    """Serve the dashboard until it is stopped (Ctrl-C), without telemetry, and ask no foreign host for an address."""
    listening.refuse_if_taken()
    import streamlit as st  # half a second that no other command needs
    from starlette.middleware import Middleware
    from starlette.routing import Mount
    from starlette.staticfiles import StaticFiles

    from dashboard.guard import Guard
    from dashboard.published import site_address
    from dashboard.room.routes import routes
    from dashboard.views import sql_editor

    site_address()  # one that is none is refused now, not under each figure
    os.environ["HUBSCOPE_HOME"] = str(home.path)  # the pages read it, each on its own
    os.environ["FORWARDED_ALLOW_IPS"] = ""  # who connects is who connects, whatever a header says
    sys.argv = [str(APP)]  # Streamlit looks for its settings beside the program
    guarded = [Middleware(Guard, listening=listening)]
    editor = Mount(f"{listening.base_path}/{sql_editor.FOLDER}", StaticFiles(directory=sql_editor.HERE))
    app = st.App(APP, routes=[*routes(listening), editor], middleware=guarded, lifespan=_ready(listening))
    app.run(config=_settings(listening))


def _ready(listening: Listening) -> Any:
    """What is done once, before the first reader: import all pages, and say where they are."""

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[dict[str, Any]]:
        from dashboard import classroom, navigation  # noqa: F401  all that a page needs, so that no reader waits for it

        classroom.OPEN = listening
        # Streamlit's and our modules are hundreds of thousands of objects that never go: no collection walks them again.
        gc.collect()
        gc.freeze()
        click.echo(classroom.greeting(listening))
        yield {}

    return lifespan


def _settings(listening: Listening) -> dict[str, Any]:
    """Without a stated address Streamlit would ask a foreign host for this machine's own."""
    return {
        "server.port": listening.port,
        "server.address": listening.address,
        "server.baseUrlPath": listening.base_path.strip("/"),
        "server.headless": True,
        "browser.serverAddress": "localhost",
        "browser.gatherUsageStats": False,
        "logger.hideWelcomeMessage": True,
        # A full collection after each run was nine tenths of a server's work; Python's own, in generations, goes on.
        "runner.postScriptGC": False,
    }
