"""The command that follows a copy: `pull`."""

import sys
from datetime import UTC, datetime

import click

from collector.commands import Joined, follow_up
from warehouse.settings import Home

# All else is imported by the command that needs it: `--help` answers at once.


@click.command()
@click.argument("source", required=False)
@click.option(
    "--edition",
    type=click.Choice(["whole", "small"]),
    help="small: without a row for each repository, all pages and lessons but the search. Else what this home holds, or whole.",
)
@click.option("--quiet", is_flag=True, help="Print nothing unless something is wrong (for cron).")
@click.pass_obj
def pull(joined: Joined | None, source: str | None, edition: str | None, quiet: bool) -> None:
    """Follow a copy that somebody else publishes: take what is new of it, and show it here.

    SOURCE is a folder or git checkout, an address that any file server gives, or hf://datasets/USER/NAME (with @2026-11-26 the
    snapshot of that day); left out, it is the one that this home follows. Only what is new is taken, a download goes on where it
    stopped, and nothing is shown before every hash has been checked. A home that collects itself takes no copy.

    \b
      hubscope pull https://example.org/hub-history
      hubscope pull --quiet                                    for cron
      hubscope serve

    \b
    Exit codes
      0   taken, or there already
      2   no SOURCE is named, and this home follows none
      3   the source did not answer, or stopped midway: what came is kept, run again to go on from there
      4   this home cannot be written, or simulated and real data would mix
      5   the disk is full: what this home showed stays
      6   another run is at work
      10  the copy was refused, or this home collects itself: what it showed stays
    """
    from collector.copies.pulling import pull as take_copy
    from collector.copies.pulling import source_named
    from collector.progress import Progress, Report

    home = Home.from_env()
    source = source or (home.follows.source if home.follows else None)
    if source is None:
        raise click.UsageError(f"{home.path} follows no copy yet: name a SOURCE.")
    report = Report() if quiet else Progress(sys.stderr)
    done = take_copy(home, source_named(source), now=datetime.now(UTC), edition=edition, report=report)
    if not quiet:
        click.echo(done.told)
    if done.is_new:
        follow_up(joined and joined.after_run, home, quiet=quiet)
