"""The same marts, made by Apache Spark, for a lake that one machine no longer serves.

Needs the extra `hubscope[spark]`, so whoever asks comes in here, and only then is pyspark imported.
"""

from warehouse.marts.build import Build
from warehouse.settings import Home
from warehouse.spark.requirements import require


def build_on_spark(home: Home, master: str, lake: str | None = None, workspace: str | None = None) -> Build:
    """Publish a lake's marts, made by the Spark at `master`. Call it under the home's lock.

    lake: an address that Spark reads (`s3a://…`, `hdfs://…`, a folder), in place of the home's own lake.
    workspace: one that Spark's workers write and read, where they do not see the home's folder.
    Raises EngineError when Spark is not there or fails, and whatever `build` raises.
    """
    require(master)
    from warehouse.spark.engine import build_there

    return build_there(home, master, lake, workspace)
