"""The commands that go out: `collect` once, `schedule` for years, `backfill` for the years before, `publish` for others."""

import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import click

from collector.profiles import ARCHIVE, ARCHIVES, DEFAULT_ARCHIVE, DEFAULT_CRON, PERIODS, PROFILES
from warehouse.settings import Home, locked

# All else is imported by the command that needs it: `--help` answers at once.
PROFILE_CHOICE = click.Choice([*PROFILES, ARCHIVE])
PROFILE_HELP = (
    "quick: the top 10,000 and the newest 5,000 of each kind, under 60 requests. full: every repository. Both also ask for "
    "98 counts of the whole Hub, which its pages' own rate limit lets through in five minutes at most. "
    "archive: every repository, from a file of about 2 GB that others publish."
)

AfterRun = Callable[[Home], str]
"""What is done with a new build; answers with a line to print, or nothing."""


class Joined(NamedTuple):
    """What the front door does with all three packages, as the context's object."""

    after_run: AfterRun
    write_site: Callable[[Home, Path], list[str]]
    """Write dashboard and feeds into a folder, beside the public copy in it; the names of what was written."""


@click.command()
@click.option("--profile", type=PROFILE_CHOICE, default="quick", show_default=True, help=PROFILE_HELP)
@click.option(
    "--archive",
    type=click.Choice(list(ARCHIVES)),
    default=DEFAULT_ARCHIVE,
    show_default=True,
    help="What the profile archive reads: cfahlgren1/hub-stats (daily) or hfmlsoc/hub_weekly_snapshots.",
)
@click.option("--accept-drop", is_flag=True, help="Publish although a full listing shrank by more than 10 %.")
@click.option("--quiet", is_flag=True, help="Print nothing unless something is wrong (for cron).")
@click.pass_context
def collect(context: click.Context, profile: str, archive: str, accept_drop: bool, quiet: bool) -> None:
    """Take one snapshot, build and publish it.

    An interrupted run goes on where it stopped when the command is given again within 24 hours.

    \b
    Asks   HF_ENDPOINT (with HF_TOKEN, if set), OPENAI_BASE_URL (with OPENAI_API_KEY; skipped without),
           HUBSCOPE_CATALOGUE_URL (default https://models.dev/api.json),
           HUBSCOPE_PYPISTATS_URL (default https://pypistats.org)
    \b
    Exit codes
      0    published
      3    a Hub listing stopped midway or is not plausible: nothing published, landed pages kept
      4    the history on disk is damaged or cannot be written, or simulated and real data would mix
      5    a data check failed: the last build is untouched
      6    another run is at work
      9    published, but a side source (OpenAI, models.dev, PyPI, taxonomy, the Hub's counts) failed
      130  stopped by a signal: landed pages kept
    """
    from collector.progress import Progress, Report
    from collector.run import run
    from collector.schedule import terminated_like_interrupted
    from collector.summary import summary

    home = Home.from_env()
    report = Report() if quiet else Progress(sys.stderr)
    try:
        with terminated_like_interrupted():
            manifest = run(
                home, profile, taken_at=datetime.now(UTC), report=report, accept_drop=accept_drop, archive=archive
            )
    except KeyboardInterrupt:
        click.echo("Stopped; what was fetched is kept. Run `hubscope collect` again to go on from there.", err=True)
        context.exit(130)
    failed = [state for state in manifest.listings if state.status == "failed"]
    if failed or not quiet:
        click.echo("\n".join(summary(manifest)), err=bool(failed))
    follow_up(context.obj and context.obj.after_run, home, quiet=quiet)
    context.exit(9 if failed else 0)


@click.command()
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m", "%Y-%m-%d"]),
    default="2024-07",
    show_default=True,
    help="The first month or day. hub-stats begins on 2024-07-24.",
)
@click.option(
    "--every",
    type=click.Choice(list(PERIODS)),
    default="month",
    show_default=True,
    help="One snapshot for each: the first good one in it.",
)
@click.option(
    "--archive",
    type=click.Choice(list(ARCHIVES)),
    default=DEFAULT_ARCHIVE,
    show_default=True,
    help="Whose past: cfahlgren1/hub-stats (its old revisions) or hfmlsoc/hub_weekly_snapshots (a copy for each week).",
)
@click.option(
    "--counters",
    is_flag=True,
    help="Also the download counters of each day from 2025-02-28 to 2026-08-31, as harvardMadsys published them: 0.9 GB.",
)
@click.option("--quiet", is_flag=True, help="Print nothing unless something is wrong.")
@click.pass_context
def backfill(context: click.Context, since: datetime, every: str, archive: str, counters: bool, quiet: bool) -> None:
    """Take past snapshots of the whole Hub from an archive that others publish, then build and publish.

    Says first how much there is to download, and how long it will take. Periods that are held already are passed over, a
    download goes on where it stopped, and each archive leaves the disk when its snapshot is in the history: stop it at any
    time and give the same command again.

    \b
      hubscope backfill                                        a snapshot for each month since 2024-07
      hubscope backfill --since 2026-09-01 --every day         every day of the last weeks
      hubscope backfill --since 2025-01 --archive weekly       where hub-stats is gone
      hubscope backfill --counters                             and then: hubscope query "from download_counters limit 9"

    \b
    Exit codes
      0    all that the archive holds is published
      3    the archive is gone or stopped answering: what was taken stays
      4    the disk is too small, or the history on it is damaged
      6    another run is at work
      9    published, but some days had vanished, were broken, or held another day
      130  stopped by a signal: what was taken stays
    """
    from collector.backfill import backfill as fill_back
    from collector.counters import take_counters
    from collector.progress import Progress, Report
    from collector.run import retries_reported
    from collector.schedule import terminated_like_interrupted
    from collector.summary import summary
    from collector.upstream import Upstream
    from warehouse.manifest import naive_utc
    from warehouse.marts.build import build

    home, now = Home.from_env(), datetime.now(UTC)
    report = Report() if quiet else Progress(sys.stderr)
    upstream = Upstream.from_env()
    try:
        with terminated_like_interrupted(), locked(home, now), retries_reported(upstream, report):
            taken_at = naive_utc(now)
            done = fill_back(
                home, archive, since=since, every=every, taken_at=taken_at, upstream=upstream, report=report
            )
            counted = take_counters(home, taken_at=taken_at, upstream=upstream, report=report) if counters else None
            if done.taken or counted:
                report.say("building")
                build(home)
    except KeyboardInterrupt:
        click.echo("Stopped; what was taken stays. Give the same command again to go on from there.", err=True)
        context.exit(130)
    for day, reason in done.refused.items():
        click.echo(f"{day:%Y-%m-%d} left out: {reason}", err=True)
    if not quiet:
        click.echo(f"{len(done.taken)} past snapshots added from {archive}")
        if counted:
            click.echo("\n".join(summary(counted)))
    context.exit(9 if done.refused else 0)


@click.command()
@click.option(
    "--cron",
    default=DEFAULT_CRON,
    show_default=True,
    envvar="HUBSCOPE_SCHEDULE",
    show_envvar=True,
    help="Five fields, UTC. Where both a day of the month and a weekday are given, both must match.",
)
@click.option("--profile", type=PROFILE_CHOICE, default="quick", show_default=True, help=PROFILE_HELP)
@click.pass_obj
def schedule(joined: Joined | None, cron: str, profile: str) -> None:
    """Take a snapshot at the times of a cron expression until stopped.

    Runs at once if a time was missed since the last snapshot. A run that fails is tried again after half an hour.
    """
    from collector.progress import Progress, Unbreakable
    from collector.run import run
    from collector.schedule import cron_trigger, keep_collecting, next_time
    from collector.summary import summary
    from warehouse.lake.lake import Lake

    try:
        trigger = cron_trigger(cron)
    except ValueError as error:
        told = f'{str(error).rstrip(".")}. It should look like "0 12 * * *".'
        raise click.BadParameter(told, param_hint="--cron or HUBSCOPE_SCHEDULE") from None
    home = Home.from_env()

    # For years, so also when the terminal is gone that it was started from.
    out, err = Unbreakable(sys.stdout), Unbreakable(sys.stderr)

    def collect_once() -> None:
        manifest = run(home, profile, taken_at=datetime.now(UTC), report=Progress(err))
        click.echo("\n".join(summary(manifest)), file=out)
        with redirect_stdout(out), redirect_stderr(err):
            follow_up(joined.after_run if joined else None, home)

    def last_snapshot_at() -> datetime | None:
        taken = [manifest.snapshot_at for manifest in Lake(home).manifests() if manifest.profile == profile]
        return max(taken).replace(tzinfo=UTC) if taken else None

    following = next_time(trigger, datetime.now(UTC))
    click.echo(f"Collecting ({profile}) at {cron} UTC; next at {following:%Y-%m-%d %H:%M} UTC.", file=out)
    keep_collecting(
        collect_once, trigger, last_snapshot_at=last_snapshot_at, say=lambda text: click.echo(text, file=err)
    )


@click.command()
@click.option(
    "--to",
    "place",
    required=True,
    metavar="PLACE",
    help="hf://datasets/USER/NAME for a data set on the Hub; else a folder, which may lie in a git checkout.",
)
@click.option(
    "--site",
    "with_site",
    is_flag=True,
    help="Of a folder: write dashboard, course and feeds there too, for a static host.",
)
@click.option(
    "--iceberg",
    "with_iceberg",
    is_flag=True,
    help="Of a folder: describe its tables as Iceberg tables, too, for other engines (needs hubscope[iceberg]).",
)
@click.option("--simulated", is_flag=True, help="Let demo data go to the Hub, too; their card says what they are.")
@click.option("--quiet", is_flag=True, help="Print nothing unless something is wrong (for cron).")
@click.pass_obj
def publish(
    joined: Joined | None, place: str, with_site: bool, with_iceberg: bool, simulated: bool, quiet: bool
) -> None:
    """Publish the current marts for everyone: Parquet, a card that explains every field, and hashes.

    Each snapshot gets a folder of its own, snapshots/2026-11-26T120000Z/, that is never rewritten; README.md and latest.json
    beside them name the newest. Given again, the command says that it is there already. To the Hub it goes in one commit, to
    a data set that is made (public) if it is missing, with the token in HF_TOKEN. In a git checkout what was published is
    committed, and never pushed: that is for your cron line. GitHub takes no file above 100 MB without git-lfs.

    With --site the folder also holds dashboard, course and feeds as pages (`hubscope export --site`): at one address a browser
    finds them, a feed reader its news, and `hubscope pull` the copy. HUBSCOPE_SITE_URL says at which.

    With --iceberg the folder's iceberg/ holds metadata of each table that name the files where they lie now; they are never
    committed.

    \b
      hubscope publish --to /srv/www/hub-history
      hubscope publish --to ~/hub-history && git -C ~/hub-history push
      hubscope publish --to hf://datasets/me/hub-history
      hubscope publish --to pages --site
      hubscope publish --to /srv/lake --iceberg

    \b
    Exit codes
      0   published, or there already
      2   no such kind of place; or the pages could not be written: the copy is published
      6   another run is at work
      7   nothing has been collected yet
      10  refused, not written or not uploaded: what was published there is as it was
    """
    from collector.progress import Progress, Report
    from collector.publishing import hub_dataset, publish_to_hub, refuse_simulated
    from collector.upstream import Upstream
    from warehouse.copies.iceberg import require_pyiceberg, write_iceberg
    from warehouse.publication.checkout import commit_if_checkout
    from warehouse.publication.folder import publish_to_folder, staged

    home, repository = Home.from_env(), hub_dataset(place)
    if with_site and repository:
        raise click.UsageError("--site is for a folder: the Hub shows no pages of a data set.")
    if with_iceberg and repository:
        raise click.UsageError("--iceberg is for a folder: its metadata name files of this machine.")
    if with_iceberg:
        require_pyiceberg()
    report = Report() if quiet else Progress(sys.stderr)
    with locked(home, datetime.now(UTC), writes_elsewhere=True):
        if repository is None:
            folder = Path(place).expanduser()
            done = publish_to_folder(home, folder)
            pages = joined.write_site(home, folder) if with_site and joined else []
            if with_iceberg:
                write_iceberg(folder, done.name)
            committed = commit_if_checkout(folder, done, pages)
        else:
            committed = None
            refuse_simulated(home, place, is_asked_for=simulated)
            with staged(home) as publication:
                done = publish_to_hub(publication, repository, upstream=Upstream.from_env(), report=report)
    if not quiet:
        click.echo(f"{done.name} {'is published in' if done.is_new else 'was published already in'} {done.place}")
        if committed:
            click.echo(committed)


def follow_up(after_run: AfterRun | None, home: Home, *, quiet: bool = False) -> None:
    """Let the front door do its part after a run. The snapshot is published by then: whatever fails here is told in one line."""
    if after_run is None:
        return
    try:
        said = after_run(home)
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        click.echo(f"The snapshot is published; what follows a run failed: {reason}", err=True)
    else:
        if said and not quiet:
            click.echo(said)


COMMANDS = (collect, backfill, schedule, publish)
