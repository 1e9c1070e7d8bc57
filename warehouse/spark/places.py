"""Where Spark's files are: folders of this machine, or addresses that only Spark reads."""

import re
from pathlib import Path

from pyspark.errors import AnalysisException
from pyspark.sql import SparkSession

FILE = "file://"


def address_of(place: str) -> str:
    """A folder as an address; an address as it is."""
    return place.rstrip("/") if "://" in place else FILE + Path(place).absolute().as_posix()


def folder_of(address: str) -> Path | None:
    """The folder of this machine that an address names; None for all else."""
    return Path(address.removeprefix(FILE)) if address.startswith(FILE) else None


def literal(address: str) -> str:
    """An address to read from that stands for itself: Spark takes brackets, stars and the like of one for a pattern."""
    return re.sub(r"[][{}*?\\]", r"\\\g<0>", address)


def fetch(spark: SparkSession, pattern: str, folder: Path) -> None:
    """Copy the files of an address into a folder; none is no fault."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        for file in spark.read.format("binaryFile").load(pattern).select("path", "content").toLocalIterator():
            (folder / file.path.rsplit("/", 1)[1]).write_bytes(file.content)
    except AnalysisException as error:
        if error.getCondition() != "PATH_NOT_FOUND":
            raise
