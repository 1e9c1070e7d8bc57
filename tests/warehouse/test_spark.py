"""The same marts from Spark: on a standalone cluster of two workers, and through a Spark Connect server."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.warehouse.lake_of_everything import collect_everything
from tests.warehouse.marts import MODELS, everything, model, rows, take_run
from tests.warehouse.spark_cluster import running_cluster, running_connect, small
from tests.warehouse.steps import in_lake
from tests.warehouse.test_paths import ODD
from warehouse.builds import current_build
from warehouse.commands import build as build_command
from warehouse.errors import EngineError
from warehouse.marts.build import build
from warehouse.settings import Home
from warehouse.spark.requirements import JAVA, java_version, require, require_packages

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def spark():
    pytest.importorskip("pyspark", reason="hubscope[spark] is not installed")
    if (java_version() or 0) < JAVA:
        pytest.skip(f"no Java {JAVA}")


@pytest.fixture(scope="module")
def cluster(spark, tmp_path_factory):
    with running_cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture(scope="module")
def made_here(tmp_path_factory):
    """A home of which DuckDB made the marts."""
    home = Home(tmp_path_factory.mktemp("here"))
    collect_everything(home)
    return home


@pytest.fixture(scope="module")
def made_on_the_cluster(made_here, cluster, tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("cluster-home") / ODD)
    shutil.copytree(made_here.lake, home.lake)
    run = hubscope_build(home, "--master", cluster.master, environment=small(cluster.folder))
    assert run.returncode == 0, run.stderr
    return home


def hubscope_build(home: Home, *options: str, environment=os.environ) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hubscope", "build", "--engine", "spark", *options]
    environment = {**environment, "HUBSCOPE_HOME": str(home.path)}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False)


def test_the_lake_of_these_tests_gives_every_mart_rows(made_here):
    assert [mart for mart, found in everything(made_here).items() if not found] == []


def test_every_mart_is_the_same_on_a_cluster_of_two_workers_below_folders_of_any_name(
    made_here, made_on_the_cluster, cluster
):
    assert sorted(cluster.workers_of_last_program()) == ["worker1", "worker2"]
    found = everything(made_on_the_cluster)
    for mart, expected in everything(made_here).items():
        assert found[mart] == expected, mart
    types = "select table_name, column_name, data_type from duckdb_columns() where not internal order by all"
    assert rows(made_on_the_cluster, types) == rows(made_here, types)
    assert current_build(made_on_the_cluster).name == current_build(made_here).name
    assert not (made_on_the_cluster.landing / "spark").exists()


def test_the_next_build_of_duckdb_goes_on_from_that_of_spark(made_on_the_cluster, tmp_path):
    home = Home(shutil.copytree(made_on_the_cluster.path, tmp_path / "home"))
    take_run(home, 70, {MODELS: [model("m000", 12), model("m001", 5)]})
    assert build(home).snapshots_added == 1
    gone_on = everything(home)
    shutil.rmtree(home.builds)
    build(home)
    assert gone_on == everything(home)


def test_a_lake_that_only_spark_reads_is_built_through_spark_connect(spark, made_here, tmp_path):
    """`viewfs` stands for any file system that Spark knows and this machine does not."""
    shutil.copytree(made_here.lake, tmp_path / "lake")
    (tmp_path / "work").mkdir()
    mounted = {
        f"spark.hadoop.fs.viewfs.mounttable.course.link./{name}": (tmp_path / name).as_uri()
        for name in ("lake", "work")
    }
    home = Home(tmp_path / "home")
    with running_connect(tmp_path, **mounted) as address:
        run = hubscope_build(
            home, "--master", address, "--lake", "viewfs://course/lake", "--workspace", "viewfs://course/work",
            environment={**os.environ, "JAVA_HOME": "/nowhere"},  # all that is Java is over there
        )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert everything(home) == everything(made_here)


def test_a_fault_of_spark_is_one_sentence_and_leaves_the_published_build(spark, made_here, tmp_path):
    home = Home(shutil.copytree(made_here.path, tmp_path / "home"))
    take_run(home, 70, {MODELS: [model("m000", 12)]})
    lost = in_lake(home).files("metrics")[0]
    lost.unlink()
    run = hubscope_build(home, "--master", "local[1]", environment=small(tmp_path))
    assert run.returncode == EngineError.exit_code
    assert f"Path does not exist: file:{lost}" in run.stderr.splitlines()[-1]
    assert "Traceback" not in run.stderr
    assert current_build(home).name == current_build(made_here).name


def test_without_java_it_says_what_to_install_and_leaves_the_published_build(spark, made_here):
    published = current_build(made_here)
    run = hubscope_build(made_here, environment={**os.environ, "JAVA_HOME": "/nowhere"})
    assert run.returncode == EngineError.exit_code
    assert "Spark needs Java 17 or later, and this machine has none" in run.stderr
    assert "openjdk-17" in run.stderr
    assert "sc://" in run.stderr
    assert current_build(made_here) == published


def test_an_older_java_is_named(spark, tmp_path, monkeypatch):
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.25\" 2024-10-15' >&2\n", encoding="utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(EngineError, match="this machine has Java 11"):
        require("local[1]")


def test_without_the_extra_it_says_how_to_install_it():
    with pytest.raises(EngineError, match=r"needs no_such_package.*pip install 'hubscope\[spark\]'"):
        require_packages("no_such_package")


@pytest.mark.parametrize("master", ["spark://127.0.0.1:1,127.0.0.1:2", "sc://127.0.0.1:1/;user_id=me"])
def test_where_nobody_answers_it_says_so_at_once(spark, master):
    with pytest.raises(EngineError, match=f"No Spark answers at {master} .*refused"):
        require(master)


def test_what_is_for_spark_is_refused_without_it(home):
    refused = CliRunner().invoke(build_command, ["--master", "local[2]"])
    assert refused.exit_code == 2
    assert "--engine spark" in refused.output


def test_pyspark_is_not_imported_unless_it_is_asked_for():
    script = "import hubscope, sys; sys.exit('pyspark' in sys.modules or 'sqlglot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0
