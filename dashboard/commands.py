"""The dashboard's commands."""

import click

from dashboard.digest.commands import changes, watch
from dashboard.export.commands import export
from dashboard.listening import Listening, listening_options
from dashboard.serve import serve as serve_pages
from warehouse.settings import Home


@click.command()
@listening_options
def serve(listening: Listening) -> None:
    """Open the dashboard on what has been collected; it fetches nothing.

    Only this machine reaches it, unless --class or --address says otherwise.
    """
    serve_pages(Home.from_env(), listening)


COMMANDS = (serve, export, changes, watch)
