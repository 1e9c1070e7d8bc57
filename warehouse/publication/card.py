"""The data set's card: what the Hub's viewer reads in its front matter, and what a reader needs to know below."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from warehouse.publication.content import Column, Publication, PublishedFile
from warehouse.publication.credits import licence_of
from warehouse.publication.inventory import told

HERE = Path(__file__).parent
SIZES = {
    1_000: "n<1K",
    10_000: "1K<n<10K",
    100_000: "10K<n<100K",
    1_000_000: "100K<n<1M",
    10_000_000: "1M<n<10M",
    100_000_000: "10M<n<100M",
}
"""Rows below which a data set is of a size, in the Hub's words."""


@dataclass(frozen=True)
class Field:
    """What a column name means wherever it stands."""

    unit: str
    meaning: str


@dataclass(frozen=True)
class _Table:
    """One table as the card tells of it; what its rows are comes from its SQL file."""

    name: str
    description: str
    grain: tuple[str, ...]
    file: PublishedFile
    columns: tuple[Column, ...]


def card(publication: Publication, repository: str | None = None) -> bytes:
    """`README.md`, which tells of the newest snapshot. repository: where it lies on the Hub, if it does."""
    tables = [
        _Table(name, told()[name].description, told()[name].grain, file, publication.columns[name])
        for file in publication.files
        if (name := file.name.removesuffix(".parquet"))
    ]
    rows = sum(file.rows for file in publication.files)
    environment = Environment(loader=FileSystemLoader(HERE), undefined=StrictUndefined, keep_trailing_newline=True)
    return (
        environment.get_template("card.md.j2")
        .render(
            licence=licence_of(publication.sources),
            size_category=next((name for limit, name in SIZES.items() if rows < limit), "100M<n<1B"),
            tables=tables,
            fields=fields(),
            repository=repository,
            path=publication.path,
            day=publication.snapshot_at.date(),
            moment=f"{publication.snapshot_at:%Y-%m-%d %H:%M}",
            simulated=publication.is_simulated,
            version=publication.version,
            build_id=publication.build_id,
            series=publication.series,
            sources=publication.sources,
        )
        .encode()
    )


@cache
def fields() -> dict[str, Field]:
    """By the name of the column."""
    with (HERE / "fields.csv").open(encoding="utf-8", newline="") as file:
        return {row["field"]: Field(row["unit"], row["meaning"]) for row in csv.DictReader(file)}
