"""A path is where things lie, never what they say: whatever folders above a home are called, the numbers are the same."""

import json
import re
import shutil

import pytest

from tests.warehouse.marts import DATASETS, MODELS, OPENAI, TOP, built, everything, model, openai_list, rows, take_run
from warehouse.lake.lake import Lake
from warehouse.marts.build import build
from warehouse.publication.folder import publish_to_folder
from warehouse.relations import SQL
from warehouse.settings import Home
from warehouse.upkeep.compact import compact
from warehouse.upkeep.verify import lost_runs, verify_marts

PARTITIONED = "id=7/kind=space/coverage=top/run=1/snapshot_at=2020-01-01/is_departure=true/table_name=x"
ODD = f"{PARTITIONED}/a b/50%41/h#1/q'u\"o/中文/{{a,b}}/br[1]/s*r/q?"
LIKE_IT = f"{PARTITIONED}/a b/50%41/h#1/q'u\"o/中文/{{a,b}}/br1/star/qq"
"""What the other path finds where it is taken for a pattern."""
HISTORY = "select * from history order by all"


def _day(number):
    models = [model("a", number), model("b", 7), *([model("c", 1)] if number % 2 else [])]
    return {
        MODELS: models,
        TOP: models[:2],
        DATASETS: [model("d", number)],
        OPENAI: openai_list("gpt-4", *(["o3"] if number % 2 else [])),
    }


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("plain"))
    built(home, _day(1), _day(2))
    return home


@pytest.fixture
def odd(plain, tmp_path):
    """The same lake below folders of odd names, and a broken one where such a name leads to when it is read as a pattern."""
    other = Home(tmp_path / LIKE_IT)
    shutil.copytree(plain.lake, other.lake)
    for file in [*other.lake.rglob("*.parquet"), *other.lake.rglob("*.json")]:
        file.write_bytes(b"another lake's")
    home = Home(tmp_path / ODD)
    shutil.copytree(plain.lake, home.lake)
    return home


def test_a_home_below_folders_of_any_name_says_what_it_says_elsewhere(plain, odd):
    build(odd)
    assert everything(odd) == everything(plain)
    assert rows(odd, HISTORY) == rows(plain, HISTORY)
    assert Lake(odd).verify() + lost_runs(odd) + verify_marts(odd, lambda _: None) == []


def test_a_run_below_folders_of_any_name_lands_and_is_merged_and_published(odd):
    take_run(odd, 70, _day(70))
    compact(odd, lambda _: None)
    done = publish_to_folder(odd, odd.path / "public")
    assert Lake(odd).verify() + lost_runs(odd) + verify_marts(odd, lambda _: None) == []
    assert rows(odd, "select count(*) from history where snapshot_at::date = '2026-05-09' and kind = 'model'") == [
        (2,)
    ]  # one, in two series
    said = json.loads((odd.path / "public" / "snapshots" / done.name / "manifest.json").read_text("utf-8"))
    assert {file["name"]: file["rows"] for file in said["files"]}["repositories.parquet"] == 3


def test_no_sql_of_ours_takes_a_path_for_data():
    readers = [
        (path.name, text)
        for path in SQL.rglob("*.sql")
        for text in re.split(r"read_(?:parquet|json|csv)\(", path.read_text("utf-8"))[1:]
    ]
    assert len(readers) > 8
    assert [name for name, text in readers if "hive_partitioning = false" not in text.split(";")[0]] == []
