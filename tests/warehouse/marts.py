"""Steps the marts' tests share: records as the Hub lists them, whole runs, and what the current build then says."""

import atexit
import contextlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import duckdb
import pyarrow

from tests.warehouse.steps import at, open_landing
from warehouse.builds import current_build
from warehouse.lake.lake import Lake
from warehouse.landing.run import Series
from warehouse.manifest import Manifest
from warehouse.marts.build import Build, build
from warehouse.read import open_current
from warehouse.sandbox.child import opened, rows_of
from warehouse.sandbox.written import frame_of
from warehouse.settings import Home

MODELS = Series("hub_models")
DATASETS = Series("hub_datasets")
SPACES = Series("hub_spaces")
TOP = Series("hub_models", "top", 3)
OPENAI = Series("openai_models")
CATALOGUE = Series("catalogue_models")
KEPT_HOMES = 6
_MADE: dict[str, Home] = {}
"""What was asked for to the home that holds it, the newest last."""


def model(key: str, downloads: int | None = 0, **fields: Any) -> dict[str, Any]:
    """A repository as a listing shows it; its id is `a/<key>` unless given. A field of None is left out."""
    record = {
        "_id": key,
        "id": f"a/{key}",
        "downloads": downloads,
        "downloadsAllTime": None if downloads is None else downloads * 10,
        "likes": 1,
        "tags": [],
        "createdAt": "2025-06-15T10:00:00.000Z",
    } | fields
    return {name: value for name, value in record.items() if value is not None}


def space(key: str, likes: int, **fields: Any) -> dict[str, Any]:
    """A Space as a listing shows it: no downloads."""
    return model(key, None, likes=likes, **fields)


def openai_list(*models: str, **shutdowns: str) -> dict[str, Any]:
    """The answer of OpenAI's `GET /v1/models`; `shutdowns` are dates by model id (with _ for -)."""
    dates = {name.replace("_", "-"): date for name, date in shutdowns.items()}
    return {
        "object": "list",
        "data": [
            {
                "id": name,
                "object": "model",
                "created": 1_700_000_000,
                "owned_by": "system",
                "shutdown_date": dates.get(name),
            }
            for name in models
        ],
    }


def take_run(home: Home, day: int, listings: Mapping[Series, Any]) -> Manifest:
    """A whole run: each listing on one page."""
    landing = open_landing(home, day)
    for series, listing in listings.items():
        landing.series(series).add_page(json.dumps(listing).encode(), url="http://127.0.0.1:1", next_url=None)
    return Lake(home).commit(landing.finish(), finished_at=at(day, 13), accept_drop=True)


def built(home: Home, *runs: Mapping[Series, Any]) -> Build:
    """Runs of day 1, 2, … and one build of them."""
    for number, listings in enumerate(runs):
        take_run(home, number + 1, listings)
    return build(home)


def copied(home: Home, *runs: Mapping[Series, Any]) -> None:
    """The same for the many cases of one test that ask for the same runs: the first builds them, all are given copies."""
    asked = json.dumps([[(str(series), listing) for series, listing in run.items()] for run in runs])
    if asked not in _MADE:
        _MADE[asked] = Home(Path(mkdtemp(prefix="hubscope-built-")) / "home")
        built(_MADE[asked], *runs)
        if len(_MADE) > KEPT_HOMES:
            shutil.rmtree(_MADE.pop(next(iter(_MADE))).path.parent)
    shutil.copytree(_MADE[asked].path, home.path, dirs_exist_ok=True)


@atexit.register
def _forget() -> None:
    for kept in _MADE.values():
        shutil.rmtree(kept.path.parent, ignore_errors=True)


def rows(home: Home, sql: str) -> list[tuple[Any, ...]]:
    """What the current build answers, as a reader would be answered but without a process of its own; unknown is None."""
    request = asdict(open_current(home).readers_request(sql))
    with contextlib.chdir(request["home"]), opened(request) as connection:
        schema, batches = rows_of(connection, request)
    found = frame_of(pyarrow.Table.from_batches(batches, schema)).astype(object)
    return [tuple(row) for row in found.where(found.notna(), None).itertuples(index=False)]


def values(home: Home, sql: str) -> list[Any]:
    """The one column that the current build answers."""
    return [value for (value,) in rows(home, sql)]


def everything(home: Home, without: Sequence[str] = ("build_meta",)) -> dict[str, list[str]]:
    """Every table of the current build: rows in no order of theirs, fractions without their last digits."""
    with duckdb.connect(current_build(home), read_only=True) as connection:
        names = [
            name for (name,) in connection.execute("select table_name from duckdb_tables() order by all").fetchall()
        ]
        return {
            name: sorted(str(tuple(map(_plain, row))) for row in connection.execute(f"from {name}").fetchall())
            for name in names
            if name not in without
        }


def _plain(value: Any) -> Any:
    return f"{value:.9g}" if isinstance(value, float) else value
