"""A build whose SQL runs on Spark: everything from nothing, in one step, because it bounds its memory by itself.

DuckDB stays the one that knows every relation's columns (it makes each of inputs without rows), writes the published file and
checks it. Spark reads the lake, makes the rows, and leaves them as Parquet in the workspace.
"""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb
from pyspark.sql import DataFrame, SparkSession

from warehouse.duck import parquet
from warehouse.errors import EngineError, NoWarehouse
from warehouse.lake.lake import Lake
from warehouse.listings import LISTINGS, PARTS
from warehouse.manifest import Manifest
from warehouse.marts.build import Build, Engine, Held, Writer, build
from warehouse.marts.inputs import SIDE_LISTINGS, lake_files
from warehouse.marts.plan import Plan, plan_build
from warehouse.relations import Relation, inputs_of
from warehouse.settings import Home
from warehouse.spark.places import address_of, fetch, folder_of, literal
from warehouse.spark.requirements import KEPT
from warehouse.spark.session import in_words, spark_session
from warehouse.spark.translate import macro, to_spark, type_of

FILE_ROWS = 500_000
"""Rows of a file in the workspace at most: one is held in memory when it is fetched."""


def build_there(home: Home, master: str, lake: str | None, workspace: str | None) -> Build:
    """See `build_on_spark`, which has looked whether it can begin."""
    here = home.landing / "spark"
    shutil.rmtree(here, ignore_errors=True)  # what a killed run left
    data = address_of(lake or str(home.lake))
    work = address_of(workspace or str(here / "workspace"))
    try:
        with spark_session(master) as spark:
            return build(home, _Spark(spark, here, data, work, is_elsewhere=lake is not None))
    finally:
        shutil.rmtree(here, ignore_errors=True)


class _Spark(Engine):
    def __init__(self, spark: SparkSession, here: Path, data: str, work: str, *, is_elsewhere: bool) -> None:
        self.spark = spark
        self.here = here
        self.data = data
        self.work = work
        self.is_elsewhere = is_elsewhere

    def lake(self, home: Home) -> Lake:
        """The home's own; of one elsewhere the manifests are fetched."""
        if not self.is_elsewhere:
            return super().lake(home)
        copy = Home(self.here)
        fetch(self.spark, f"{literal(self.data)}/*.json", copy.lake)
        fetch(self.spark, f"{literal(self.data)}/manifests/*.json", copy.lake / "manifests")
        if not any(copy.lake.glob("manifests/*.json")):
            raise NoWarehouse(
                f"There is no lake at {self.data}: it has no manifests/*.json. {KEPT} Name another with --lake."
            )
        return Lake(copy)

    def writer(
        self, connection: duckdb.DuckDBPyConnection, lake: Path, manifests: Sequence[Manifest], held: Held | None
    ) -> Writer:
        return _SparkWriter(connection, lake, manifests, plan_build(manifests, ()).at_once, self)


class _SparkWriter(Writer):
    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        lake: Path,
        manifests: Sequence[Manifest],
        plan: Plan,
        engine: _Spark,
    ) -> None:
        super().__init__(connection, lake, manifests, plan, held=None)
        self.engine = engine
        self.spark = engine.spark
        self._shown: set[str] = set()
        """What Spark knows by name already."""

    def write(self, build_id: str) -> None:
        with in_words():
            super().write(build_id)

    def _view_lake(self, runs: Sequence[Manifest]) -> None:
        super()._view_lake([])
        kinds = [listing for listing in LISTINGS.values() if listing.kind]
        for part in PARTS:
            files = [(lake_files(runs, found.name, part), found.name, {"kind": f"'{found.kind}'"}) for found in kinds]
            self._show_files(f"lake_{part}", f"no_{part}", files)

    def _view_side_listings(self, runs: Sequence[Manifest]) -> None:
        super()._view_side_listings([])
        for listing in SIDE_LISTINGS:
            parts = (("attributes", "false"), ("departures", "true"))
            files = [(lake_files(runs, listing, part), listing, {"is_departure": gone}) for part, gone in parts]
            self._show_files(f"lake_{listing}", f"no_{listing}", files)

    def _rows(self, relation: Relation) -> str:
        rows = self._translated(relation.text, relation.inputs)
        if not relation.is_stored:
            self._show(relation.name, rows)
            return relation.text
        address = f"{self.engine.work}/{relation.name}"
        rows.write.mode("overwrite").option("maxRecordsPerFile", FILE_ROWS).parquet(address)
        self._show(relation.name, self.spark.read.schema(rows.schema).parquet(literal(address)))
        return self._fetched(relation, address) if relation.is_mart else f"from ({relation.text}) limit 0"

    def _fetched(self, relation: Relation, address: str) -> str:
        """The rows that Spark left at an address, with the types that DuckDB gives them."""
        folder = folder_of(address)
        if folder is None:
            folder = self.engine.here / "fetched" / relation.name
            fetch(self.spark, f"{literal(address)}/*.parquet", folder)
        files = list(folder.glob("*.parquet"))
        if not files:
            raise EngineError(
                f"Spark's workers wrote {relation.name} where this machine does not see it. {KEPT} Name a folder or an address "
                "that both reach with --workspace."
            )
        described = self.connection.execute(f"describe {relation.text}").fetchall()
        columns = ", ".join(f'cast("{name}" as {kind}) as "{name}"' for name, kind, *_ in described)
        return f"select {columns} from {parquet(files)}"

    def _show_files(
        self, name: str, shape: str, sources: Iterable[tuple[Sequence[str], str, Mapping[str, str]]]
    ) -> None:
        """A view of files of the lake with the columns of `shape`. A source: its files, their listing, and columns that they lack."""
        columns = self._columns()[shape]
        rows = self._empty(columns)
        for files, listing, lacking in sources:
            if not files:
                continue
            schema = ", ".join(
                f"`{column}` {type_of(kind)}" for column, kind in columns.items() if column not in lacking
            )
            found = self.spark.read.schema(schema).option("basePath", f"{self.engine.data}/{listing}")
            selected = [
                f"{lacking[column]} as `{column}`" if column in lacking else f"`{column}`" for column in columns
            ]
            places = (literal(f"{self.engine.data}/{file}") for file in files)
            rows = rows.unionAll(found.parquet(*places).selectExpr(*selected))
        self._show(name, rows)

    def _translated(self, sql: str, inputs: Iterable[str]) -> DataFrame:
        for name in inputs:
            if name not in self._shown:
                self._hand_over(name)
        macros = self.connection.execute(
            "select function_name, parameters, macro_definition from duckdb_functions() "
            "where function_type = 'macro' and not internal"
        ).fetchall()
        return self.spark.sql(
            to_spark(sql, self._columns(), {name: macro(names, body) for name, names, body in macros})
        )

    def _hand_over(self, name: str) -> None:
        """What DuckDB holds under a name that no file defines: a view as its query, a table as its rows, which are few."""
        views = dict(self.connection.execute("select view_name, sql from duckdb_views() where not internal").fetchall())
        if name in views:
            query = views[name].split(" AS ", 1)[1]
            self._show(name, self._translated(query, inputs_of(query)))
        else:
            held = self.connection.sql(f"from {name}").to_arrow_table()
            self._show(name, self.spark.createDataFrame(held) if held.num_rows else self._empty(self._columns()[name]))

    def _empty(self, columns: Mapping[str, str]) -> DataFrame:
        nothing = ", ".join(f"cast(null as {type_of(kind)}) as `{name}`" for name, kind in columns.items())
        return self.spark.sql(f"select {nothing} where false")

    def _show(self, name: str, rows: DataFrame) -> None:
        rows.createOrReplaceTempView(name)
        self._shown.add(name)

    def _columns(self) -> dict[str, dict[str, str]]:
        """Relation → column → type, of all that DuckDB knows by now."""
        columns: dict[str, dict[str, str]] = {}
        for relation, column, kind in self.connection.execute(
            "select table_name, column_name, data_type from duckdb_columns() where not internal order by table_name, column_index"
        ).fetchall():
            columns.setdefault(relation, {})[column] = kind
        return columns
