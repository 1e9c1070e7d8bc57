"""Download counters of each day, as harvardMadsys/hf-hub-characterization publishes them: one file, taken as it is."""

import shutil
from datetime import datetime

from collector.backfill import DOWNLOADED_A_SECOND, READ_A_SECOND
from collector.progress import Report, duration
from collector.sources.hub import Gone, Hub
from collector.sources.repository import Commit, RemoteFile, Repository
from collector.upstream import Upstream
from warehouse.errors import SourceError
from warehouse.lake.counters import held_counters, land_counters
from warehouse.lake.lake import Lake
from warehouse.manifest import Manifest, Origin
from warehouse.settings import Home

REPOSITORY = "harvardMadsys/hf-hub-characterization"
LICENCE = "CC-BY-4.0"
CREDIT = "Harvard MadSys, hf-hub-characterization"
FILE = "downloads.parquet"


def take_counters(home: Home, *, taken_at: datetime, upstream: Upstream, report: Report) -> Manifest | None:
    """The counters in the lake, not built; None when this revision is held. Hold the lock meanwhile.

    Raises SourceError when the file is gone or broken, and LakeError when the disk is too small.
    """
    repository = Repository(Hub(upstream, report.waiting), REPOSITORY)
    newest, file = _newest(repository)
    if held_counters(Lake(home), newest.revision):
        report.say("The download counters are held already; there are no newer ones.")
        return None
    seconds = file.size / DOWNLOADED_A_SECOND + file.size / READ_A_SECOND
    report.say(
        f"download counters of {newest.committed_at:%Y-%m-%d}: {file.size / 1e9:.1f} GB, about {duration(seconds)}"
    )
    folder = home.path / "archives" / "counters"
    target = folder / f"{newest.revision[:16]}.parquet"
    repository.download(file, target, report)
    report.say("writing the lake")
    address = f"{repository.address}/resolve/{newest.revision}/{file.path}"
    manifest = land_counters(
        home,
        target,
        Origin(address, newest.revision, LICENCE, CREDIT),
        taken_at=taken_at,
        is_simulated=repository.is_simulated,
    )
    shutil.rmtree(folder, ignore_errors=True)
    return manifest


def _newest(repository: Repository) -> tuple[Commit, RemoteFile]:
    try:
        newest = next(repository.commits(datetime.min))
        files = [file for file in repository.files(newest.revision) if file.path.endswith(FILE)]
    except Gone as error:
        raise SourceError(
            f"The download counters ({REPOSITORY}) are gone, or no longer public. {error} Nothing of them was taken; "
            "`hubscope collect` keeps counters from today on, and backfilled snapshots hold those of their days."
        ) from None
    if not files:
        raise SourceError(f"{REPOSITORY} holds no {FILE} any more. Nothing of it was taken.")
    return newest, files[0]
