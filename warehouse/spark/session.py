"""A Spark session, wherever it runs, and its faults in words."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.logger import PySparkLogger
from pyspark.sql import SparkSession

from warehouse.errors import EngineError
from warehouse.spark.requirements import KEPT

SETTINGS = {
    # As in DuckDB, timestamps have no zone, casts and sums fail rather than give null, and the name of a folder is text.
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
}
QUIET = {
    "spark.app.name": "hubscope",
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
"""For a session that this process starts; a Spark Connect server has its own."""


@contextmanager
def spark_session(master: str) -> Iterator[SparkSession]:
    """A session at a master (`local[*]`, `spark://host:port`, …) or a Spark Connect server (`sc://host:port`)."""
    is_connect = master.startswith("sc://")
    with warnings.catch_warnings(), in_words():
        logging.getLogger("py4j").setLevel(logging.CRITICAL)  # a fault is said once, in words
        PySparkLogger.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
        # No table goes by pandas here.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        builder = SparkSession.builder.remote(master) if is_connect else SparkSession.builder.master(master)
        for name, value in (SETTINGS if is_connect else SETTINGS | QUIET).items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        try:
            yield session
        finally:
            session.stop()


@contextmanager
def in_words() -> Iterator[None]:
    """Raise EngineError for whatever Spark raises."""
    try:
        yield
    except (PySparkException, Py4JError, ConnectionError) as error:
        raise EngineError(
            f"Spark could not make the build: {_reason(error)} {KEPT} See that it is there, and that every worker reaches "
            "the lake and the workspace; then run again, or run `hubscope build` without --engine spark."
        ) from error


def _reason(error: Exception) -> str:
    """The innermost cause in one line: Java wraps what went wrong in what that led to."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    causes = [line.removeprefix("Caused by: ") for line in lines if line.startswith("Caused by: ")]
    return [type(error).__name__, *lines[:1], *causes][-1][:300].rstrip(".") + "."
