"""How the lake writes time: naive UTC in whole seconds."""

from datetime import UTC, datetime


def naive_utc(moment: datetime) -> datetime:
    """A moment without a zone is taken for UTC."""
    return (moment.astimezone(UTC) if moment.tzinfo else moment).replace(tzinfo=None, microsecond=0)


def run_id_of(snapshot_at: datetime) -> str:
    return snapshot_at.strftime("%Y%m%dT%H%M%SZ")
