"""The listings that the lake knows, and what a series of one is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Listing:
    """One upstream list: how its rows are known and what its pages look like."""

    name: str
    key: str
    """Column that names a row for as long as it exists."""
    steps: tuple[str, ...]
    """The files of `sql/landing` that make rows of its pages, each from the one before."""
    fingerprint: str
    """The file of `sql/landing` that gives each row the number by which a change of its attributes shows."""
    opens_with: bytes = b"{"
    """First byte of a page: a Hub listing is an array, all else an object."""
    kind: str | None = None
    """'model', 'dataset' or 'space': a listing of repositories, with counters. None for all else."""


HUB = ("hub_records", "hub_cleaned", "hub_repositories", "hub_oddities")
LISTINGS = {
    listing.name: listing
    for listing in (
        Listing("hub_models", "repository_key", HUB, "hub_fingerprint", b"[", "model"),
        Listing("hub_datasets", "repository_key", HUB, "hub_fingerprint", b"[", "dataset"),
        Listing("hub_spaces", "repository_key", HUB, "hub_fingerprint", b"[", "space"),
        Listing("hub_tasks", "task_id", ("hub_tasks",), "hub_tasks_fingerprint"),
        Listing("hub_tags", "tag_key", ("hub_tags",), "hub_tags_fingerprint"),
        Listing("openai_models", "model_id", ("openai_models",), "openai_models_fingerprint"),
        Listing("catalogue_models", "entry_key", ("catalogue_models",), "catalogue_models_fingerprint"),
        Listing("pypi_downloads", "download_key", ("pypi_downloads",), "pypi_downloads_fingerprint"),
        # Counters that others kept: never compared with what was there before, see warehouse/lake/counters.py.
        Listing("hub_counters", "repository_key", (), ""),
    )
}


WHOLE = ("full", "archive")
"""The coverages that list every repository: only there is one that is gone a removal."""


@dataclass(frozen=True)
class Series:
    """One listing in one coverage, over time."""

    listing: str
    coverage: str = "full"
    """`full`: every repository. `archive`: every repository, as others published it. `top`: the first by downloads
    (Spaces: by likes). `newest`: the latest created."""
    limit: int | None = None
    """How many were asked for; None for the whole Hub."""

    def __str__(self) -> str:
        return f"{self.listing} ({self.coverage})"
