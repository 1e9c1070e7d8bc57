"""What the build's SQL reads: reference tables, the families' patterns, and the lake as views."""

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import duckdb

from warehouse.duck import SQL, literal, parquet, pattern, sql_text
from warehouse.listings import LISTINGS, PARTS
from warehouse.manifest import Manifest
from warehouse.marts import reference

SIDE_LISTINGS = {listing.name: listing.mart for listing in LISTINGS.values() if listing.mart}
"""Listing to the mart that holds its whole history."""
TYPES = {
    "is_osi": "boolean",
    "publication_year": "integer",
    "place": "integer",
    "call_count": "integer",
    "input_tokens": "integer",
    "output_tokens": "integer",
    "memory_gb": "double",
    "power_w": "double",
    "price_usd": "double",
    "milestone_date": "date",
    "total_date": "date",
    "repository_count": "bigint",
    "published_value": "double",
    "tolerance": "double",
    "published_date": "date",
    "data_date": "date",
    "released_date": "date",
    "announced_date": "date",
    "shutdown_date": "date",
    "price_date": "date",
    "input_usd_per_mtok": "double",
    "output_usd_per_mtok": "double",
    "preference": "integer",
    "precedence": "integer",
    "openness_class": "integer",
    "indicators_met": "integer",
    "indicator_count": "integer",
    "source_date": "date",
    "is_own": "boolean",
}
"""Of the columns of reference tables that are not text."""
NOT_KEPT = ("rejected_because", "odd_because", "example")
"""Columns of a landed row that say what was odd about it."""


def create_reference_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """One table for each file of `reference/`; an empty field is null."""
    for table, path in reference.TABLES.items():
        with path.open(encoding="utf-8", newline="") as file:
            columns = next(csv.reader(file))
        types = ", ".join(f"'{column}': '{TYPES.get(column, 'varchar')}'" for column in columns)
        # How our own files are written needs no looking for, which takes two thirds of the time.
        connection.execute(
            f"create table {table} as from read_csv({literal(pattern(path))}, header = true, auto_detect = false, "
            f"delim = ',', quote = '\"', escape = '\"', hive_partitioning = false, columns = {{{types}}})"
        )


def create_family_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """`family_of(hub_id)` and `openai_family_of(model_id)`: the first family whose pattern the name matches, else null.

    `family_of_name(name_of(hub_id))` is the same; where there are millions, the name is worked out once in a step before.
    Patterns are written out as constants, because DuckDB compiles a pattern from a table anew for every row.
    """
    connection.execute("create temp macro name_of(id) as lower(regexp_extract(id, '[^/]*$'))")
    connection.execute(f"create temp macro family_of_name(name) as {_family_case('model_families', 'name')}")
    connection.execute("create temp macro family_of(id) as family_of_name(name_of(id))")
    # Other servers' lists put the maker before the name; a name with another maker's prefix is nobody's here.
    families = _family_case("openai_families", "regexp_replace(lower(id), '^openai/', '')")
    connection.execute(f"create temp macro openai_family_of(id) as {families}")


def run_script(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """The statements of `sql/inputs/<name>.sql`."""
    connection.execute(sql_text("inputs", name))


def create_manifests(connection: duckdb.DuckDBPyConnection, lake: Path, manifests: Iterable[Manifest]) -> None:
    """The table `manifests`, one row per run."""
    files = [pattern(lake / "manifests" / f"{manifest.run_id}.json") for manifest in manifests]
    connection.execute("set variable manifest_files = $files", {"files": files})
    run_script(connection, "manifests")


def create_lake_views(connection: duckdb.DuckDBPyConnection, lake: Path, manifests: Iterable[Manifest]) -> None:
    """`lake_attributes`, `lake_metrics` and `lake_departures`: what these runs added to all Hub listings."""
    chosen = list(manifests)
    for part in PARTS:
        sources = [f"from no_{part}"]
        for listing in LISTINGS.values():
            if listing.kind:
                for coverage, files in lake_files_by_coverage(chosen, listing.name, part).items():
                    sources.append(
                        f"select '{listing.kind}' as kind, '{coverage}' as coverage, * from {_parquet(lake, files)}"
                    )
        _create_view(connection, f"lake_{part}", sources)


def create_full_descriptions(connection: duckdb.DuckDBPyConnection, *, carries: bool) -> None:
    """`full_descriptions`: what was said of a repository, whole; from the lake, and from the last build if it `carries`."""
    columns = (
        "kind, coverage, repository_key, attributes_at, id, author, created_at, licences, licence_name, tasks, library, languages, "
        "base_relation, base_models, parameters, size_bytes, gated, is_disabled, has_card, sdk, linked_models, linked_datasets, tags"
    )
    sources = [f"select {columns.replace('attributes_at', 'snapshot_at as attributes_at')} from lake_attributes"]
    if carries:
        stated = columns.replace("parameters", "stated_parameters as parameters")
        sources.append(f"select {stated} from last_build.listed_repositories")
    _create_view(connection, "full_descriptions", sources)


def create_side_shapes(connection: duckdb.DuckDBPyConnection) -> None:
    """`no_<listing>` of each side listing: a table without rows that has the columns of its rows in the lake."""
    for listing in SIDE_LISTINGS:
        columns = ", ".join(f"{column} {kind}" for column, kind in _landed_columns(listing))
        connection.execute(f"create temp table no_{listing} (snapshot_at timestamp, is_departure boolean, {columns})")


@cache
def _landed_columns(listing: str) -> tuple[tuple[str, str], ...]:
    """What the SQL that lands a side listing makes of it: columns and their types."""
    (step,) = LISTINGS[listing].steps
    path = SQL / "landing" / f"{step}.sql"
    with duckdb.connect() as connection:
        connection.execute(sql_text("landing", "macros"))
        # Nothing is read: DuckDB only wants a file that is there.
        connection.execute("set variable pages = $1", [[pattern(path)]])
        connection.execute("set variable snapshot_at = timestamp '1970-01-01'")
        described = connection.execute(f"describe {sql_text('landing', step)}").fetchall()
    return tuple((column, kind) for column, kind, *_ in described if column not in NOT_KEPT)


def create_side_views(
    connection: duckdb.DuckDBPyConnection, lake: Path, manifests: Sequence[Manifest], *, carries: bool
) -> None:
    """`lake_<listing>` of each side listing: every change and departure, those of the last build included."""
    for listing, changes in SIDE_LISTINGS.items():
        sources = [f"from no_{listing}"]
        if carries:
            sources.append(f"from last_build.{changes}")
        for part, is_departure in (("attributes", "false"), ("departures", "true")):
            if files := lake_files(manifests, listing, part):
                sources.append(f"select *, {is_departure} as is_departure from {_parquet(lake, files)}")
        _create_view(connection, f"lake_{listing}", sources)


def lake_files(manifests: Iterable[Manifest], listing: str, part: str) -> list[str]:
    """The files of one part of a listing that these runs added, relative to the lake."""
    return [file for files in lake_files_by_coverage(manifests, listing, part).values() for file in files]


def lake_files_by_coverage(manifests: Iterable[Manifest], listing: str, part: str) -> dict[str, list[str]]:
    """The same files by what they cover, as the manifests say."""
    found: dict[str, list[str]] = {}
    for manifest in manifests:
        for entry in manifest.listings:
            files = [file.path for file in entry.files if file.path.endswith(f"/{part}.parquet")]
            if files and entry.listing == listing and entry.status == "ok":
                found.setdefault(entry.coverage, []).extend(files)
    return found


def _parquet(lake: Path, files: Sequence[str]) -> str:
    return parquet([lake / path for path in files], "union_by_name = true")


def _create_view(connection: duckdb.DuckDBPyConnection, name: str, sources: Sequence[str]) -> None:
    connection.execute(f"create or replace temp view {name} as {' union all by name '.join(sources)}")


def _family_case(table: str, name: str) -> str:
    families = [(literal(row["family_id"]), row["id_pattern"]) for row in reference.rows(table)]
    anything = "|".join(f"(?:{pattern})" for _, pattern in families)
    cases = " ".join(f"when regexp_matches({name}, {literal(pattern)}) then {family}" for family, pattern in families)
    # Most names match nothing, and one pattern for all tells so at once.
    return f"case when not regexp_matches({name}, {literal(anything)}) then null {cases} end"
