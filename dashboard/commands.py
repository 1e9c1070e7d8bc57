"""The dashboard's commands."""

import click

from dashboard.digest.commands import changes, watch
from dashboard.export.commands import export
from dashboard.serve import serve as serve_pages
from warehouse.settings import Home


@click.command()
@click.option("--port", type=int, default=8501, show_default=True, help="Port of the dashboard.")
def serve(port: int) -> None:
    """Open the dashboard on what has been collected; it fetches nothing."""
    serve_pages(Home.from_env(), port=port)


COMMANDS = (serve, export, changes, watch)
