"""Steps the lake's tests share: land a listing as a run would, and look at what the lake then holds."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import duckdb

from warehouse.duck import landing_connection, sql_text
from warehouse.lake.lake import Lake
from warehouse.lake.series import LakeSeries
from warehouse.landing.run import Landing, Series
from warehouse.manifest import Entry, Manifest
from warehouse.settings import Home

HUB = "http://127.0.0.1:1/api"
MODELS = Series("hub_models")


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 3, 1, hour) + timedelta(days=day - 1)


def body(records: Iterable[Any]) -> bytes:
    return json.dumps(list(records)).encode()


def open_landing(home: Home, day: int = 1, **given: Any) -> Landing:
    return Landing.open(home, **({"profile": "full", "endpoint": HUB, "now": at(day)} | given))


def land_pages(landing: Landing, pages: Sequence[bytes], series: Series = MODELS) -> None:
    """All pages of a listing that ends."""
    landed = landing.series(series)
    for number, page in enumerate(pages):
        is_last = number + 1 == len(pages)
        landed.add_page(page, url=f"{HUB}?page={number}", next_url=None if is_last else f"{HUB}?page={number + 1}")


def take(home: Home, records: Iterable[Any], day: int = 1, series: Series = MODELS, **commit: Any) -> Manifest:
    """A whole run of one listing on one page."""
    landing = open_landing(home, day)
    land_pages(landing, [body(records)], series)
    return Lake(home).commit(landing.finish(), finished_at=at(day, 13), **commit)


def take_page(home: Home, page: bytes, series: Series = MODELS, url: str = HUB) -> Entry:
    """A whole run of one page, as it came."""
    landing = open_landing(home)
    landing.series(series).add_page(page, url=url, next_url=None)
    return Lake(home).commit(landing.finish(), finished_at=at(1, 13)).listings[0]


def in_lake(home: Home, series: Series = MODELS) -> LakeSeries:
    """A series as the manifests of the lake tell of it."""
    return LakeSeries(home.lake, Lake(home).manifests(), series.listing, series.coverage)


def rows(home: Home, table: str = "attributes", series: Series = MODELS) -> list[dict[str, Any]]:
    """Every row of a table of a series, as the manifests name its files."""
    files = [str(path) for path in in_lake(home, series).files(table)]
    if not files:
        return []
    result = duckdb.execute(
        "select * from read_parquet($1, hive_partitioning = false, union_by_name = true) order by all", [files]
    )
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def state(home: Home, moment: datetime, series: Series = MODELS) -> dict[str, dict[str, Any]]:
    """The listing as the lake remembers it: key → its values."""
    with landing_connection(home.path / "spill") as connection:
        in_lake(home, series).attach(connection)
        result = connection.execute(sql_text("landing", "state_at"), {"moment": moment})
        names = [column[0] for column in result.description]
        found = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    return {row["state_key"]: row for row in found}


def reasons(findings: Iterable[Any]) -> dict[str, int]:
    return {finding.reason: finding.count for finding in findings}
