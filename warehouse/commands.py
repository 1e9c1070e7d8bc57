"""The commands that need no network: `build`, `status`, `query`, `verify`, `compact`, `prune`."""

import json
import sys
from datetime import UTC, datetime

import click

from warehouse.errors import LakeError, NoWarehouse
from warehouse.settings import Home, locked, refuse_followed

# All else is imported by the command that needs it: `--help` answers at once.


@click.command()
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="What runs the SQL. spark needs the extra hubscope[spark] and Java 17.",
)
@click.option(
    "--master",
    help="Of spark: local[*] (the default), spark://host:port, yarn, k8s://…, or a Spark Connect server, sc://host:port.",
)
@click.option("--lake", help="Of spark: read the lake at this address (s3a://…, hdfs://…, a folder), not the home's.")
@click.option("--workspace", help="Of spark: an address that its workers write to, if they do not see the home.")
def build(engine: str, master: str | None, lake: str | None, workspace: str | None) -> None:
    """Make the marts from the lake and publish them.

    `hubscope collect` does this by itself; it is needed after an update of hubscope, or when a build was deleted.

    With `--engine spark` the same SQL runs on Apache Spark, for a history that one machine no longer serves. It makes
    everything from nothing, publishes the same file, and the nightly builds of DuckDB go on from it. The lake must lie
    where all workers read it. Further settings are Spark's own (spark-defaults.conf in SPARK_CONF_DIR).

    \b
      hubscope build --engine spark
      hubscope build --engine spark --master spark://head:7077 --lake s3a://course/lake --workspace s3a://course/work

    \b
    Exit codes
      0  published, or nothing new
      5  a data check failed: the last build stays
      6  another run is at work
      7  nothing has been collected yet
      11 Spark is not installed, has no Java 17, does not answer, or failed: the last build stays
    """
    from warehouse.marts.build import build as build_marts
    from warehouse.spark import build_on_spark

    if engine != "spark" and (master or lake or workspace):
        raise click.UsageError("--master, --lake and --workspace are for --engine spark.")
    home = Home.from_env()
    with locked(home, _now()):
        made = build_on_spark(home, master or "local[*]", lake, workspace) if engine == "spark" else build_marts(home)
    click.echo(f"{made.build_id}: {made.snapshots_added} snapshots added in {made.seconds:.1f} s")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The same for programs.")
def status(as_json: bool) -> None:
    """What is published: newest snapshots and their age, the last run, pauses, and what wants attention.

    Ends with 7 when nothing is published yet.
    """
    from warehouse.upkeep.status import status_of, status_text

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
    help="table for people, csv for spreadsheets (text that looks like a formula gets an apostrophe), json for programs.",
)
@click.option("--limit", type=click.IntRange(1), default=10_000, show_default=True, help="Rows at most.")
@click.option("--timeout", type=click.FloatRange(0.1), default=60, show_default=True, help="Seconds at most.")
def query(sql: str, form: str, limit: int, timeout: float) -> None:
    """Ask the current build with your own SQL (DuckDB); `-` reads it from standard input.

    It can only read. Start from `repositories` (the current state), `show tables`, or `history` (counters over time):

    \b
      hubscope query "select id, downloads, licence from repositories order by downloads desc limit 10"
      hubscope query --format csv "from population order by snapshot_at" > population.csv
    """
    from warehouse.read import open_current
    from warehouse.sandbox.process import answer
    from warehouse.sandbox.written import as_csv, as_json, as_table

    text = sys.stdin.read() if sql == "-" else sql
    rows = answer(open_current(Home.from_env()).readers_request(text, limit=limit, timeout=timeout))
    if form == "csv":
        click.echo(as_csv(rows), nl=False)
    elif form == "json":
        click.echo(as_json(rows))
    else:
        click.echo(as_table(rows) if rows.num_rows else "no rows")
        if rows.num_rows == limit:
            click.echo(f"the first {limit:,} rows; --limit gives more", err=True)


@click.command()
def verify() -> None:
    """Compare the lake's files with the manifests, and the published marts with the lake. Changes nothing.

    \b
    Every run       that the current build was made with still has its manifest
    Every file      is there, with the checksum and the rows that its manifest states
    Every snapshot  population, licences, downloads and likes, counted again from the lake by other SQL than the build's
    Every repository listed now, with its counters and its description

    \b
    Exit codes
      0  all is as published
      4  something differs; each difference is printed
      6  another run is at work
    """
    from warehouse.lake.lake import Lake
    from warehouse.upkeep.verify import lost_runs, verify_marts

    home = Home.from_env()
    with locked(home, _now(), only_reads=True):
        lake = Lake(home)
        problems = lake.verify() or lost_runs(home)
        if problems:
            advice = "restore the files from a copy"
        else:
            click.echo(f"{len(lake.manifests())} runs, every file as published")
            problems = verify_marts(home, _progress)
            advice = f"remove {home.builds} and run `hubscope build`: it makes the marts from the lake"
    for problem in problems:
        click.echo(problem)
    if problems:
        raise LakeError(f"{len(problems)} differences in {home.path}. Nothing was changed; {advice}.")
    click.echo("the published marts are what the lake says")


@click.command()
def compact() -> None:
    """Merge the many small files of past months into one a month and table. The rows stay the same.

    The month of the newest snapshot is left alone until it is over. The old files stay until no build that may still be
    read needs them; a run after the next one clears them. Give this once a month, or never: it only saves files and space.

    \b
    Exit codes
      0  merged and built, or nothing to merge
      4  the new files could not be written, or do not hold what the old ones do: the lake is as it was
      5  merged, but the build failed: the last one stays current
      6  another run is at work
      7  nothing has been collected yet
    """
    from warehouse.upkeep.compact import compact as merge_files

    home = Home.from_env()
    with locked(home, _now()):
        if not merge_files(home, _progress):
            click.echo("Nothing to merge: every month that is over lies in one file a table.")


@click.command()
@click.option(
    "--daily", type=click.IntRange(1), default=90, show_default=True, help="Days for which one snapshot a day is kept."
)
@click.option(
    "--weekly", type=click.IntRange(1), default=730, show_default=True, help="Days for which one a week is kept."
)
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
def prune(daily: int, weekly: int, dry_run: bool) -> None:
    """Let old snapshots go: one a day is kept for 90 days, one a week for two years, one a month for ever.

    Kept are the first of each day, week and month, and the newest of every series. A kept snapshot stays exactly what it
    was. When a repository was first seen, removed or came back stays known to the day; a change of licence or description
    is dated by the next snapshot that is kept. OpenAI's list, prices and PyPI downloads are never pruned: they are small.
    What is pruned is gone for good; its manifest stays and says so, and no chart takes it for a pause.

    \b
      hubscope prune --dry-run
      hubscope prune && hubscope compact      for cron, once a month

    \b
    Exit codes
      0  pruned and built, or nothing to prune
      4  the new files could not be written, or do not stand up to the check: the lake is as it was
      5  pruned, but the build failed: the last one stays current
      6  another run is at work
      7  nothing has been collected yet
    """
    from warehouse.lake.lake import Lake
    from warehouse.upkeep.prune import Retention, prunable
    from warehouse.upkeep.prune import prune as remove_snapshots

    home, retention, today = Home.from_env(), Retention(daily, weekly), _now().date()
    refuse_followed(home)
    manifests = Lake(home).manifests()
    if not manifests:
        raise NoWarehouse(f"The lake of {home.path} is empty: there is nothing to prune. Run `hubscope collect` first.")
    going = prunable(manifests, retention, today)
    for (listing, coverage), moments in going.items():
        click.echo(
            f"{listing} ({coverage}): {len(moments):,} snapshots: {', '.join(f'{at:%Y-%m-%d}' for at in moments)}"
        )
    if not going:
        click.echo("Nothing to prune.")
    elif not dry_run:
        with locked(home, _now()):
            remove_snapshots(home, retention, today=today, say=_progress)
        click.echo(
            f"Pruned {len({at for moments in going.values() for at in moments}):,} runs; their manifests say so."
        )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _progress(text: str) -> None:
    click.echo(text, err=True)


COMMANDS = (build, status, query, verify, compact, prune)
