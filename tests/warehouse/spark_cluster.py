"""Real Spark on this machine: a cluster of a standalone master and two workers, and a Spark Connect server."""

import json
import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SMALL = {
    # For rows that are few: what is made for many costs more than it saves.
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.memory": "600m",
    "spark.executor.memory": "500m",
    "spark.driver.extraJavaOptions": QUICK,
    "spark.executor.extraJavaOptions": QUICK,
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}


class Cluster:
    """Master and workers, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.web_port = _free_port(), _free_port()
        self.master = f"spark://127.0.0.1:{self.port}"

    def workers_of_last_program(self) -> list[str]:
        """Those that ran a part of it."""
        programs = sorted(path.name for path in self.folder.glob("worker*/app-*"))
        return [path.parent.name for path in self.folder.glob(f"worker*/{programs[-1]}")]

    def state(self) -> Mapping[str, Any]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.web_port}/json/", timeout=5) as answer:
            return dict(json.load(answer))


@contextmanager
def running_cluster(folder: Path) -> Iterator[Cluster]:
    """Up, with both workers registered."""
    cluster = Cluster(folder)
    deploy, local = "org.apache.spark.deploy", ("--host", "127.0.0.1")
    with ExitStack() as stack:
        ports = ("--port", str(cluster.port), "--webui-port", str(cluster.web_port))
        stack.enter_context(_program(folder, "master", "spark-class", f"{deploy}.master.Master", *local, *ports))
        _wait_for(lambda: bool(cluster.state()))
        for name in ("worker1", "worker2"):
            room = ("--cores", "1", "--memory", "600m", "--work-dir", str(folder / name))
            stack.enter_context(
                _program(folder, name, "spark-class", f"{deploy}.worker.Worker", *local, *room, cluster.master)
            )
        _wait_for(lambda: cluster.state()["aliveworkers"] == 2)
        yield cluster


@contextmanager
def running_connect(folder: Path, **settings: str) -> Iterator[str]:
    """The address of a Spark Connect server with these settings of Spark's."""
    port = _free_port()
    stated = {"spark.connect.grpc.binding.port": str(port), **settings}
    server = ("--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "--master", "local[1]")
    with _program(folder, "connect", "spark-submit", *server, "spark-internal", **stated):
        _wait_for(lambda: socket.create_connection(("127.0.0.1", port), timeout=1).close() is None)
        yield f"sc://127.0.0.1:{port}"


def small(folder: Path, **settings: str) -> dict[str, str]:
    """The environment in which a program of Spark's is small; it has these settings besides."""
    conf = folder / "conf"
    conf.mkdir(parents=True, exist_ok=True)
    lines = [f"{name} {value}" for name, value in {**SMALL, **settings}.items()]
    (conf / "spark-defaults.conf").write_text("\n".join(lines), encoding="utf-8")
    daemons = {"SPARK_DAEMON_MEMORY": "600m", "SPARK_DAEMON_JAVA_OPTS": QUICK, "SPARK_LOCAL_IP": "127.0.0.1"}
    return {**os.environ, **daemons, "SPARK_CONF_DIR": str(conf)}


@contextmanager
def _program(folder: Path, name: str, *command: str, **settings: str) -> Iterator[None]:
    found = find_spec("pyspark")
    assert found and found.origin
    home = Path(found.origin).parent
    environment = small(folder, **settings) | {"SPARK_HOME": str(home)}
    with (folder / f"{name}.log").open("wb") as log:
        started = subprocess.Popen([home / "bin" / command[0], *command[1:]], env=environment, stdout=log, stderr=log)
        try:
            yield
        finally:
            started.terminate()
            started.wait(timeout=60)


def _wait_for(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            if is_so():
                return
        except OSError:
            pass
        assert time.monotonic() < until, "Spark did not come up"
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
