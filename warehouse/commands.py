"""The commands that need no network: `build`, `status`, `query`, `verify`."""

import json
import sys
from datetime import UTC, datetime

import click
import numpy as np
import pandas as pd

from warehouse.build import build as build_marts
from warehouse.errors import LakeError
from warehouse.lake import Lake
from warehouse.lock import locked
from warehouse.read import open_current
from warehouse.settings import Home
from warehouse.status import status_of, status_text


@click.command()
def build() -> None:
    """Make the marts from the lake and publish them.

    `hubscope collect` does this by itself; it is needed after an update of hubscope, or when a build was deleted.
    """
    home = Home.from_env()
    with locked(home, datetime.now(UTC).replace(tzinfo=None)):
        made = build_marts(home)
    click.echo(f"{made.build_id}: {made.snapshots_added} snapshots added in {made.seconds:.1f} s")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The same for programs.")
def status(as_json: bool) -> None:
    """What is published: newest snapshots and their age, the last run, pauses, and what wants attention.

    Ends with 7 when nothing is published yet.
    """
    found = status_of(Home.from_env(), now=datetime.now(UTC).replace(tzinfo=None))
    click.echo(json.dumps(found, indent=1, ensure_ascii=False, default=str) if as_json else status_text(found))


@click.command()
@click.argument("sql")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="table for people, csv and json for programs.",
)
@click.option("--limit", type=click.IntRange(1), default=10_000, show_default=True, help="Rows at most.")
@click.option("--timeout", type=click.FloatRange(0.1), default=60, show_default=True, help="Seconds at most.")
def query(sql: str, form: str, limit: int, timeout: float) -> None:
    """Ask the published build with your own SQL (DuckDB); `-` reads it from standard input.

    It can only read. Start from `repositories` (the current state), `show tables`, or `history` (counters over time):

    \b
      hubscope query "select id, downloads, licence from repositories order by downloads desc limit 10"
      hubscope query --format csv "from population order by snapshot_at" > population.csv
    """
    text = sys.stdin.read() if sql == "-" else sql
    rows = _whole_numbers(open_current(Home.from_env()).run_sql(text, limit=limit, timeout=timeout))
    if form == "csv":
        click.echo(rows.to_csv(index=False), nl=False)
    elif form == "json":
        click.echo(rows.to_json(orient="records", date_format="iso", force_ascii=False, indent=1))
    else:
        click.echo(rows.astype(object).fillna("").to_string(index=False) if len(rows) else "no rows")
        if len(rows) == limit:
            click.echo(f"the first {limit:,} rows; --limit gives more", err=True)


@click.command()
def verify() -> None:
    """Compare every file of the lake with its manifest (checksum, rows). Ends with 4 when one differs."""
    home = Home.from_env()
    problems = Lake(home).verify()
    for problem in problems:
        click.echo(problem)
    if problems:
        raise LakeError(
            f"{len(problems)} files of the lake in {home.path} are not what was published. Nothing was changed; restore "
            "them from a copy. The published build is not touched by this."
        )
    click.echo(f"{len(Lake(home).manifests())} runs, every file as published")


def _whole_numbers(rows: pd.DataFrame) -> pd.DataFrame:
    """pandas makes whole numbers with gaps fractions, and lists arrays: undo both."""
    plain = rows.convert_dtypes()
    for column in plain.select_dtypes("object").columns:
        plain[column] = [value.tolist() if isinstance(value, np.ndarray) else value for value in plain[column]]
    return plain


COMMANDS = (build, status, query, verify)
