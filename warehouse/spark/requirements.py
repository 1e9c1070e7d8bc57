"""What Spark needs, looked for before anything is begun: its packages, Java, and somebody who answers."""

import importlib.util
import os
import re
import shutil
import socket
import subprocess
from pathlib import Path

from warehouse.errors import EngineError

JAVA = 17
"""The oldest that Spark 4 runs on."""
PORTS = {"spark": 7077, "sc": 15002}
KEPT = "Nothing was added; the last build stays."


def require(master: str) -> None:
    """Raises EngineError with the remedy when a build at this master cannot even begin."""
    is_connect = master.startswith("sc://")
    require_packages("pyspark", "sqlglot", *(["grpc", "grpc_status", "zstandard"] if is_connect else []))
    if not is_connect:
        _require_java()
    _require_answer(master)


def java_version() -> int | None:
    """Of the Java that Spark would start: JAVA_HOME's, else the one on the path. None without any."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    try:
        said = subprocess.run([java or "java", "-version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    number = re.search(r'version "(\d+)', said.stderr + said.stdout)
    return int(number[1]) if number else None


def require_packages(*modules: str) -> None:
    """Raises EngineError when one cannot be imported."""
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if missing:
        raise EngineError(
            f"The engine spark needs {', '.join(missing)}, which this hubscope was installed without. {KEPT} "
            "Install it with `pip install 'hubscope[spark]'`, or run `hubscope build` without --engine spark."
        )


def _require_java() -> None:
    found = java_version()
    if found is None or found < JAVA:
        has = f"Java {found}" if found else "none"
        raise EngineError(
            f"Spark needs Java {JAVA} or later, and this machine has {has}. {KEPT} Install it (Debian, Ubuntu: "
            f"`apt install openjdk-{JAVA}-jre-headless`), set JAVA_HOME to where it is, or name a Spark Connect server "
            "(--master sc://host:15002), which needs none here."
        )


def _require_answer(master: str) -> None:
    """Spark itself would go on trying for minutes."""
    stated = re.match(r"(sc|spark)://([^/;]+)", master)
    if not stated:
        return
    refused = []
    for place in stated[2].split(","):
        host, _, port = place.partition(":")
        try:
            socket.create_connection((host, int(port or PORTS[stated[1]])), timeout=10).close()
            return
        except (OSError, ValueError) as error:
            refused.append(f"{place}: {error}")
    raise EngineError(
        f"No Spark answers at {master} ({'; '.join(refused)}). {KEPT} Start it, or name another with --master."
    )
