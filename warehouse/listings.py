"""The listings that the lake knows: all that is particular to one of them, told once, and what a series of one is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """One origin of rows, as a publication credits it."""

    credit: str
    address: str
    licence: str


@dataclass(frozen=True)
class Listing:
    """One upstream list: how its rows are known, where they go, and what it is called."""

    name: str
    key: str
    """Column that names a row for as long as it exists."""
    steps: tuple[str, ...]
    """The files of `sql/landing` that make rows of its pages, each from the one before."""
    label: str
    """What a run calls it while it works."""
    source: str = "hub"
    """The service that it comes from, as the words of the dashboard name it: `sources.name`, `sources.taught`."""
    kind: str | None = None
    """'model', 'dataset' or 'space': a listing of repositories, with counters. None for all else."""
    mart: str | None = None
    """The mart that holds its whole history; None where no mart reads it, or all marts of repositories do."""
    departures_count: bool = True
    """Whether a row that is listed no more has changed; False where the source only forgets old rows."""
    differs_by_server: bool = False
    """Whether another server lists other things under the same name: many speak OpenAI's API."""
    page_list: str | None = None
    """The field of a page that must hold a list."""
    credited: Source | None = None
    """To whom a publication owes its rows; None where each snapshot says so itself."""

    @property
    def opens_with(self) -> bytes:
        """First byte of a page: a listing of repositories is an array, all else an object."""
        return b"[" if self.kind else b"{"


HUB = ("hub_records", "hub_cleaned", "hub_repositories", "hub_oddities")
LISTINGS = {
    listing.name: listing
    for listing in (
        Listing("hub_models", "repository_key", HUB, "models", kind="model"),
        Listing("hub_datasets", "repository_key", HUB, "datasets", kind="dataset"),
        Listing("hub_spaces", "repository_key", HUB, "Spaces", kind="space"),
        Listing("hub_tasks", "task_id", ("hub_tasks",), "tasks"),
        Listing("hub_tags", "tag_key", ("hub_tags",), "tags"),
        Listing(
            "hub_counts",
            "count_key",
            ("hub_counts",),
            "the Hub's own counts",
            mart="hub_counts",
            departures_count=False,  # a count that was not had is no count that is gone
            page_list="counts",
            credited=Source(
                "Hugging Face Hub, counts of its listing pages",
                "https://huggingface.co/models",
                "facts, no licence stated",
            ),
        ),
        Listing(
            "openai_models",
            "model_id",
            ("openai_models",),
            "OpenAI models",
            source="openai",
            mart="openai_changes",
            differs_by_server=True,
            page_list="data",
            credited=Source(
                "OpenAI API, list of models", "https://api.openai.com/v1/models", "facts, no licence stated"
            ),
        ),
        Listing(
            "catalogue_models",
            "entry_key",
            ("catalogue_models",),
            "catalogue",
            source="catalogue",
            mart="catalogue_changes",
            credited=Source("models.dev", "https://models.dev", "MIT"),
        ),
        Listing(
            "pypi_downloads",
            "download_key",
            ("pypi_downloads",),
            "PyPI downloads",
            source="pypi",
            mart="pypi_downloads",
            departures_count=False,  # pypistats keeps 180 days
            page_list="data",
            credited=Source(
                "pypistats.org, downloads of packages on PyPI", "https://pypistats.org", "facts, no licence stated"
            ),
        ),
        # Counters that others kept: never compared with what was there before, see warehouse/lake/counters.py.
        Listing("hub_counters", "repository_key", (), "download counters"),
    )
}
COURSE_PACKAGES = (
    "transformers",
    "datasets",
    "tokenizers",
    "huggingface-hub",
    "diffusers",
    "peft",
    "sentence-transformers",
    "openai",
)
"""Packages that the course names: asked for in every run, and drawn unless a reader chooses others."""
PARTS = ("attributes", "metrics", "departures")
"""What the lake keeps of a series, a Parquet file each: what a row says, its counters (of repositories alone), that it is gone."""
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
