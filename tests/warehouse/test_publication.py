"""Public copies in a folder: whole or not at all, never rewritten, explained, and committed where there is git."""

import hashlib
import json
import re
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
import yaml

from tests.warehouse.marts import MODELS, OPENAI, built, model, openai_list, take_run
from warehouse.builds import current_build
from warehouse.errors import NoWarehouse, PublishError
from warehouse.manifest import Entry, Manifest, Origin
from warehouse.marts import reference
from warehouse.marts.build import build
from warehouse.publication.card import fields
from warehouse.publication.checkout import commit_if_checkout
from warehouse.publication.credits import Source, licence_of, sources_of
from warehouse.publication.folder import publish_to_folder
from warehouse.publication.index import EXPLAINED
from warehouse.publication.inventory import MARTS, query_of, told
from warehouse.relations import read_relations
from warehouse.settings import Home
from warehouse.upkeep.compact import compact

FIRST = "2026-03-01T120000Z"


@pytest.fixture
def spring(home: Home) -> Home:
    built(home, {MODELS: [model("a", 5, tags=["license:mit"]), model("b", 3)], OPENAI: openai_list("gpt-1")})
    return home


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "public"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_file_is_there_with_the_hash_rows_and_bytes_of_the_manifest(spring, target):
    assert publish_to_folder(spring, target).is_new
    folder = target / "snapshots" / FIRST
    manifest = json.loads((folder / "manifest.json").read_text())
    assert [file["name"] for file in manifest["files"]] == [f"{table}.parquet" for table in told()]
    for file in manifest["files"]:
        content = (folder / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
        assert duckdb.execute("select count(*) from read_parquet($1)", [str(folder / file["name"])]).fetchall() == [
            (file["rows"],)
        ]
    assert (
        manifest["series"][0] | {"listing": "hub_models", "row_count": 2, "snapshot_count": 1} == manifest["series"][0]
    )
    latest = json.loads((target / "latest.json").read_text())
    assert latest["path"] == f"snapshots/{FIRST}"
    assert latest["manifest_sha256"] == hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()


def test_the_tables_are_those_of_the_build_without_the_addresses_that_were_asked(spring, target):
    publish_to_folder(spring, target)
    with duckdb.connect(current_build(spring), read_only=True) as connection:
        for table in told():
            kept = query_of(table, ["127.0.0.1"])
            there = f"from '{target}/snapshots/{FIRST}/{table}.parquet'"
            assert connection.execute(f"({kept}) except all ({there})").fetchall() == []
            assert connection.execute(f"({there}) except all ({kept})").fetchall() == []
    assert not [name for name, content in contents(target).items() if b"127.0.0.1" in content]


def test_every_mart_is_published_but_for_the_list_of_our_own_files():
    assert {relation.name for relation in read_relations() if relation.is_mart} - set(MARTS) == {"lake_files"}
    assert set(told()) - set(MARTS) == set(reference.TABLES) | {"author_origins"}


def test_a_reason_to_fail_is_published_without_the_address_that_failed(spring, target):
    said = "mirror.lab:8080 gave no answer (10.0.0.7 refused); https://mirror.lab/api/models answered HTTP 500 at 12:30"
    with duckdb.connect(current_build(spring)) as connection:
        connection.execute("update run_log set reason = $1, endpoint = 'https://mirror.lab/datasets/a/b'", [said])
    publish_to_folder(spring, target)
    log = f"{target}/snapshots/{FIRST}/run_log.parquet"
    assert duckdb.execute(f"select distinct endpoint, reason from '{log}'").fetchall() == [
        ("https://huggingface.co/datasets/a/b", "… gave no answer (… refused); … answered HTTP 500 at 12:30")
    ]


def test_the_history_lies_in_a_file_for_each_month_that_is_over_and_for_each_snapshot_of_the_newest(spring, target):
    for day in (2, 40, 41):
        take_run(spring, day, {MODELS: [model("a", day), model("b", 3)]})
    build(spring)
    publish_to_folder(spring, target)
    history = json.loads((target / "snapshots" / "2026-04-10T120000Z" / "manifest.json").read_text())["history"]
    assert [(file["first_snapshot_at"][:10], file["newest_snapshot_at"][:10], file["rows"]) for file in history] == [
        ("2026-03-01", "2026-03-02", 3),
        ("2026-04-09", "2026-04-09", 1),
        ("2026-04-10", "2026-04-10", 1),
    ]
    for file in history:
        content = (target / file["path"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert {file["path"] for file in history} == {name for name in contents(target) if name.startswith("history/")}


def test_publishing_the_same_again_changes_nothing_and_says_so(spring, target):
    publish_to_folder(spring, target)
    before = contents(target)
    assert not publish_to_folder(spring, target).is_new
    assert contents(target) == before


def test_the_same_data_of_another_build_are_the_same(spring, target):
    take_run(spring, 40, {MODELS: [model("a", 1)]})
    take_run(spring, 41, {MODELS: [model("a", 2)]})
    take_run(spring, 70, {MODELS: [model("a", 3)]})
    build(spring)
    publish_to_folder(spring, target)
    before = contents(target)
    assert compact(spring, lambda _: None)
    assert not publish_to_folder(spring, target).is_new
    assert contents(target) == before


def test_other_content_under_the_same_name_is_refused_and_nothing_touched(spring, target):
    publish_to_folder(spring, target)
    before = contents(target)
    with duckdb.connect(current_build(spring)) as connection:
        connection.execute("update population set downloads_30d = 9")
    with pytest.raises(PublishError, match="never rewritten, so nothing was changed"):
        publish_to_folder(spring, target)
    assert contents(target) == before


def test_a_later_snapshot_is_added_and_becomes_the_newest(spring, target):
    publish_to_folder(spring, target)
    first = {name: content for name, content in contents(target).items() if name.startswith("snapshots/")}
    take_run(spring, 2, {MODELS: [model("a", 6)]})
    build(spring)
    publish_to_folder(spring, target)
    assert first.items() <= contents(target).items()
    assert json.loads((target / "latest.json").read_text())["snapshots"] == ["2026-03-02T120000Z", FIRST]
    assert "Newest snapshot: **2026-03-02**" in (target / "README.md").read_text()


def test_a_place_that_an_older_hubscope_published_to_goes_on_and_keeps_what_it_held(spring, target):
    publish_to_folder(spring, target)
    for path in (target / "latest.json", target / "snapshots" / FIRST / "manifest.json"):  # as they were written then
        said = {key: value for key, value in json.loads(path.read_text()).items() if key not in ("format", "history")}
        path.write_text(json.dumps(said))
    shutil.rmtree(target / "history")
    before = {name: content for name, content in contents(target).items() if name.startswith("snapshots/")}
    take_run(spring, 2, {MODELS: [model("a", 6)]})
    build(spring)
    assert publish_to_folder(spring, target).is_new
    assert before.items() <= contents(target).items()
    latest = json.loads((target / "latest.json").read_text())
    assert (latest["format"], latest["snapshots"]) == (2, ["2026-03-02T120000Z", FIRST])


def test_an_older_snapshot_does_not_become_the_newest(spring, target, tmp_path):
    take_run(spring, 2, {MODELS: [model("a", 6)]})
    build(spring)
    publish_to_folder(spring, target)
    older = Home(tmp_path / "older")
    built(older, {MODELS: [model("a", 5)]})
    assert publish_to_folder(older, target).is_new
    assert json.loads((target / "latest.json").read_text())["snapshot"] == "2026-03-02T120000Z"


def test_what_was_interrupted_before_it_was_pointed_to_is_finished_the_next_time(spring, target):
    publish_to_folder(spring, target)
    whole = contents(target)
    (target / "latest.json").unlink()
    (target / "README.md").unlink()
    (target / "snapshots" / ".partial-1").mkdir()
    assert not publish_to_folder(spring, target).is_new
    assert contents(target) == whole
    assert not list((target / "snapshots").glob(".partial*"))


def test_simulated_and_real_snapshots_are_never_published_to_one_place(spring, target, demo_home):
    publish_to_folder(spring, target)
    with pytest.raises(PublishError, match="never mixed"):
        publish_to_folder(demo_home, target)


def test_nothing_is_published_before_the_first_build(home, target):
    with pytest.raises(NoWarehouse):
        publish_to_folder(home, target)
    assert contents(target) == {}


def test_a_build_of_an_older_hubscope_is_told_to_be_made_anew(spring, target):
    with duckdb.connect(current_build(spring)) as connection:
        connection.execute("drop table size_by_month")
    with pytest.raises(NoWarehouse, match="hubscope build"):
        publish_to_folder(spring, target)
    assert contents(target) == {}


@pytest.fixture(scope="module")
def demo_card(demo_home, tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("public")
    publish_to_folder(demo_home, folder)
    return (folder / "README.md").read_text()


def test_the_front_matter_leads_the_viewer_to_every_table_of_the_newest_snapshot(demo_card):
    front = yaml.safe_load(demo_card.split("---\n")[1])
    assert [config["config_name"] for config in front["configs"]] == list(told())
    assert front["configs"][0] == {
        "config_name": "repositories",
        "default": True,
        "data_files": "snapshots/2026-11-01T000000Z/repositories.parquet",
    }
    assert front["license"] == "cc-by-4.0" and front["size_categories"] == ["10K<n<100K"]


def test_the_card_says_what_a_row_and_every_field_is(demo_card):
    for relation in read_relations():
        if relation.name in MARTS:
            assert (
                f"### {relation.name}\n\n{relation.description}\n\nOne row for each {', '.join(relation.grain)}."
                in demo_card
            )
    told = re.findall(r"^\| `(\w+)` \| ([^|]+) \| ([^|]*) \| (.*) \|$", demo_card, re.MULTILINE)
    assert all(meaning for *_, meaning in told)
    assert {name for name, *_ in told} == set(fields())


def test_a_card_of_simulated_data_says_so_in_both_languages(demo_card):
    assert demo_card.count("imulated data") >= 1 and "模拟数据" in demo_card
    assert "127.0.0.1" not in demo_card


def _manifest(endpoint: str, *entries: Entry) -> Manifest:
    at = datetime(2026, 3, 1)
    return Manifest("r", at, "full", at, at, "0", endpoint, False, entries)


def test_sources_are_credited_with_their_licences_and_share_alike_is_passed_on():
    weekly = Origin("https://huggingface.co/datasets/o/n/resolve/abc/f.parquet", "abc", "ODbL-1.0", "The team")
    sources = sources_of(
        [
            _manifest("https://huggingface.co", Entry("hub_models", "full", None, "ok")),
            _manifest("http://10.0.0.7", Entry("hub_models", "archive", None, "ok", origin=weekly)),
            _manifest(
                "http://10.0.0.7",
                Entry("hub_spaces", "full", None, "ok"),
                Entry("openai_models", "full", None, "failed"),
            ),
        ]
    )
    assert Source("The team", "https://huggingface.co/datasets/o/n", "ODbL-1.0") in sources
    assert [source.credit for source in sources] == [
        "Hugging Face Hub API",
        "Hugging Face Hub API, read through a mirror",
        "The team",
    ]
    assert licence_of(sources) == "odbl"
    assert licence_of(sources[:2]) == "cc-by-4.0"


def test_a_public_copy_names_whom_its_reference_facts_are_owed_to(spring, target):
    publish_to_folder(spring, target)
    sources = json.loads(next(target.rglob("manifest.json")).read_text())["sources"]
    credits = " ".join(source["credit"] for source in sources)
    assert "Liesenfeld and Dingemanse" in credits and "Epoch AI" in credits
    assert {source["licence"] for source in sources} >= {"CC BY 4.0", "Apache-2.0"}


@pytest.fixture
def checkout(target: Path) -> Path:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    target.mkdir()
    git(target, "init", "--quiet")
    git(target, "config", "user.name", "cron")
    git(target, "config", "user.email", "cron@example.org")
    return target


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True, text=True).stdout


def test_in_a_checkout_what_was_published_is_committed_and_nothing_else(spring, checkout):
    (checkout / "mine.txt").write_text("not yours")
    git(checkout, "add", "mine.txt")
    said = commit_if_checkout(checkout, publish_to_folder(spring, checkout))
    assert said and said.endswith("not pushed")
    assert git(checkout, "log", "--format=%s") == f"Snapshot {FIRST}\n"
    committed = set(git(checkout, "ls-tree", "-r", "--name-only", "HEAD").split())
    published = {f"snapshots/{FIRST}/{name}" for name in (*(f"{table}.parquet" for table in told()), "manifest.json")}
    history = {name for name in contents(checkout) if name.startswith("history/")}
    assert history and committed == {*EXPLAINED, "latest.json"} | published | history


def test_a_folder_inside_a_checkout_is_committed_too_and_the_same_again_makes_no_commit(spring, checkout):
    inside = checkout / "data" / "hub"
    for _ in range(2):
        commit_if_checkout(inside, publish_to_folder(spring, inside))
    assert git(checkout, "log", "--format=%s") == f"Snapshot {FIRST}\n"
    assert git(checkout, "status", "--porcelain") == ""


def test_what_git_refuses_to_commit_is_told_and_committed_the_next_time(spring, checkout):
    hook = checkout / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(PublishError, match="not today"):
        commit_if_checkout(checkout, publish_to_folder(spring, checkout))
    hook.unlink()
    assert commit_if_checkout(checkout, publish_to_folder(spring, checkout))


def test_a_plain_folder_and_an_ignored_one_are_left_without_a_commit(spring, target, checkout, tmp_path):
    (checkout / ".gitignore").write_text("build/\n")
    assert commit_if_checkout(checkout / "build", publish_to_folder(spring, checkout / "build")) is None
    plain = tmp_path / "plain"
    assert commit_if_checkout(plain, publish_to_folder(spring, plain)) is None
