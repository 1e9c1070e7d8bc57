"""Every error hubscope raises on purpose.

    HubscopeError
      ├─ SourceError        an upstream listing could not be read to its end
      │    └─ BadPage       an answer arrived, but it is not a listing
      ├─ CoverageError      a listing is not plausible: empty, or far smaller than the one before
      ├─ LakeError          the history on disk is damaged, cannot be written, or would be mixed
      ├─ BusyError          another run holds the lock
      ├─ NoWarehouse        nothing has been published yet
      │    └─ DamagedBuild  what was published is gone or cannot be read
      ├─ BuildError         a data check failed; the old build stays current
      ├─ EngineError        Spark is not there, or failed; the old build stays current
      ├─ QueryError         a reader's own SQL was refused or failed
      ├─ ExportError        an export cannot be written there, or is open elsewhere
      │    └─ NothingToExport   the snapshot lacks what was asked for
      ├─ PublishError       a publication was refused, or could not be written or uploaded
      ├─ CopyError          somebody's public copy was refused, or this home is not one for it
      ├─ WatchError         the watch list cannot be read or written
      ├─ HandInError        what a student handed in is none, was changed, or is of another home
      └─ NothingToCompare   there are no two snapshots of the same coverage

Each message says what happened, what was kept, and what to do next. The command line prints it and ends with `exit_code`.
"""


class HubscopeError(Exception):
    """Root of all errors that are shown to a person as one message, without a traceback."""

    exit_code = 1


class SourceError(HubscopeError):
    """An upstream listing could not be read to its end; landed pages are kept and the next run resumes there."""

    exit_code = 3


class BadPage(SourceError):
    """An answer arrived, but it is not a listing: not JSON, cut in the middle, or a page for people."""


class CoverageError(HubscopeError):
    """A listing is empty or far smaller than the one before: read as a fault upstream, never as removals."""

    exit_code = 3


class LakeError(HubscopeError):
    """The history on disk is damaged or cannot be written, or a run would mix simulated and real data."""

    exit_code = 4


class BuildError(HubscopeError):
    """The new build failed a check; the last build is untouched."""

    exit_code = 5


class EngineError(HubscopeError):
    """The engine that was asked for is not installed, cannot be reached, or failed; the last build is untouched."""

    exit_code = 11


class BusyError(HubscopeError):
    """Another run holds the lock of this HUBSCOPE_HOME."""

    exit_code = 6


class NoWarehouse(HubscopeError):
    """Nothing has been published in this HUBSCOPE_HOME yet."""

    exit_code = 7


class DamagedBuild(NoWarehouse):
    """Something has been published, and its file is gone or cannot be read."""

    exit_code = 4


class QueryError(HubscopeError):
    """The reader's own SQL was refused, failed, or ran out of time."""

    exit_code = 8


class ExportError(HubscopeError):
    """An export cannot be written where it was asked for; what stood there before is untouched."""

    exit_code = 2


class NothingToExport(ExportError):
    """The current build lacks what was asked for; the message names the command that collects it."""

    exit_code = 7


class ListeningError(HubscopeError):
    """The dashboard cannot listen where it was told to."""

    exit_code = 2


class PublishError(HubscopeError):
    """Nothing was published: the place cannot be written, refuses, or holds other data under that name."""

    exit_code = 10


class CopyError(HubscopeError):
    """A public copy was refused, or a home would both collect and follow one; what the home shows is as it was."""

    exit_code = 10


class WatchError(HubscopeError):
    """The watch list cannot be read or written; it is as it was."""

    exit_code = 2


class HandInError(HubscopeError):
    """What a student handed in is no hand-in, was changed after it was made, or is of a snapshot that is not here."""

    exit_code = 2


class NothingToCompare(HubscopeError):
    """There are no two snapshots of the same coverage, or none that early."""

    exit_code = 7
