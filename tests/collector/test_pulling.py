"""Following a copy over real HTTP: what is taken, what is checked before it is shown, and what is refused."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

import hubscope
from collector.commands import Joined
from collector.copies.commands import pull as pull_command
from collector.copies.pulling import Pulled, pull
from collector.progress import Report
from hubscope import main
from tests.collector.copy_server import CopyServer, serving_copy
from tests.warehouse.marts import MODELS, OPENAI, built, model, openai_list, take_run
from warehouse.builds import current_build
from warehouse.errors import BusyError, CopyError, LakeError, NoWarehouse, SourceError
from warehouse.marts.build import build
from warehouse.publication.folder import publish_to_folder
from warehouse.read import open_current
from warehouse.settings import Home, locked

NOW = datetime(2026, 3, 2, 13, tzinfo=UTC)
FIRST, SECOND = "2026-03-01T120000Z", "2026-03-02T120000Z"


KEPT = ("repositories", "listed_repositories", "absences", "snapshots", "population", "run_log", "tasks", "countries")


def thinned(folder: Path) -> None:
    """The copy with a few tables alone: what is tested here is the same of eight as of eighty."""
    for path in folder.glob("snapshots/*/manifest.json"):
        manifest = json.loads(path.read_text())
        manifest["files"] = [file for file in manifest["files"] if file["name"].removesuffix(".parquet") in KEPT]
        path.write_text(json.dumps(manifest))
    latest = json.loads((folder / "latest.json").read_text())
    latest["manifest_sha256"] = hashlib.sha256((folder / latest["manifest"]).read_bytes()).hexdigest()
    (folder / "latest.json").write_text(json.dumps(latest))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with two snapshots: `public` after the first, `later` after the second."""
    folder = tmp_path_factory.mktemp("copies")
    home = Home(folder / "home")
    built(home, {MODELS: [model(f"m{key}", key) for key in range(40)], OPENAI: openai_list("gpt-1")})
    publish_to_folder(home, folder / "public")
    shutil.copytree(folder / "public", folder / "later")
    take_run(home, 2, {MODELS: [model(f"m{key}", key * 2) for key in range(40)]})
    build(home)
    publish_to_folder(home, folder / "later")
    thinned(folder / "public")
    thinned(folder / "later")
    return folder


@pytest.fixture
def server(both: Path) -> Iterator[CopyServer]:
    with serving_copy(both / "public") as server:
        yield server


def follow(home: Home, server: CopyServer, source: str | None = None, **options: str) -> Pulled:
    return pull(home, source or server.url, now=NOW, upstream=server.upstream(), **options)


def shown(home: Home) -> list[int]:
    """The models' downloads as the current build has them."""
    return open_current(home).run_sql("select downloads from repositories order by downloads")["downloads"].tolist()


def test_a_copy_is_taken_from_a_file_server_and_says_whose_it_is(home, server, both):
    done = follow(home, server)
    assert done.is_new and shown(home) == list(range(40))
    copied = done.warehouse.copied
    assert copied is not None and copied.source == server.url
    assert copied.manifest_sha256 == json.loads((both / "public" / "latest.json").read_text())["manifest_sha256"]
    assert done.warehouse.run_sql("select count(*) from history").iloc[0, 0] == 40


def test_nothing_new_is_one_request(home, server):
    follow(home, server)
    server.asked.clear()
    assert not follow(home, server).is_new
    assert [path for path, _ in server.asked] == ["/latest.json"]


def test_a_later_snapshot_takes_only_what_the_home_does_not_hold(home, server, both):
    follow(home, server)
    held = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (both / "public").rglob("*.parquet")}
    server.folder = both / "later"
    server.asked.clear()
    assert follow(home, server).is_new
    assert shown(home) == [2 * key for key in range(40)]
    taken = {unquote(path).removeprefix("/") for path, _ in server.asked if path.endswith(".parquet")}
    assert taken and not {hashlib.sha256((both / "later" / path).read_bytes()).hexdigest() for path in taken} & held
    assert open_current(home).run_sql("select count(*) from history").iloc[0, 0] == 80 - 1  # 0 * 2 is no change


def test_a_folder_and_a_data_set_on_the_hub_give_the_same(home, server, both, tmp_path):
    hub, folder = Home(tmp_path / "hub"), Home(tmp_path / "folder")
    pull(hub, "hf://datasets/me/hub-history", now=NOW, upstream=server.upstream(hub_token="hf_reader"))
    follow(folder, server, str(both / "public"))
    assert shown(hub) == shown(folder) == list(range(40))
    here = server.url.removeprefix("http://")
    assert {token for host, token in server.tokens if host == here} == {"Bearer hf_reader"}
    assert {token for host, token in server.tokens if host != here} == {None}


def test_a_day_of_a_data_set_is_that_days_snapshot(home, server, both):
    server.folder = both / "later"
    follow(home, server, "hf://datasets/me/hub-history@2026-03-01")
    assert shown(home) == list(range(40))
    with pytest.raises(CopyError, match="has no snapshot of 2025-01-01; its newest are 2026-03-02, 2026-03-01"):
        follow(home, server, "hf://datasets/me/hub-history@2025-01-01")


def test_what_breaks_off_is_gone_on_with_where_it_stopped(home, server):
    server.cut_after = [None, None, 300, 200]
    follow(home, server)
    assert shown(home) == list(range(40))
    assert [span for _, span in server.asked if span] == ["bytes=300-", "bytes=500-"]


def test_a_server_that_knows_no_ranges_is_asked_for_the_file_anew(home, server):
    server.knows_ranges = False
    server.cut_after = [None, None, 300]
    follow(home, server)
    assert shown(home) == list(range(40))


def test_the_next_pull_takes_only_what_a_source_that_vanished_did_not_give(home, server):
    server.cut_after = [None, None, *[None] * 4, *[0] * 20]
    with pytest.raises(SourceError, match="run again to go on from there"):
        follow(home, server)
    taken = {path for path, _ in server.asked[2:6]}
    server.cut_after.clear()
    server.asked.clear()
    follow(home, server)
    assert not taken & {path for path, _ in server.asked}


def test_a_copy_that_moves_on_in_the_midst_of_a_pull_does_it_no_harm(home, server, both):
    server.moves_on = both / "later"
    follow(home, server)
    assert shown(home) == list(range(40))
    follow(home, server)
    assert shown(home) == [2 * key for key in range(40)]


def altered(folder: Path, **changes: object) -> dict[str, bytes]:
    """`latest.json` and the manifest it names, with other values at the top of the latter; both agree."""
    manifest = json.loads((folder / "snapshots" / FIRST / "manifest.json").read_text()) | changes
    content = json.dumps(manifest).encode()
    latest = json.loads((folder / "latest.json").read_text())
    latest |= {"manifest_sha256": hashlib.sha256(content).hexdigest(), "format": manifest["format"]}
    return {"manifest.json": content, "latest.json": json.dumps(latest).encode()}


def files_of(folder: Path) -> list[dict]:
    return json.loads((folder / "snapshots" / FIRST / "manifest.json").read_text())["files"]


def refused(home: Home, server: CopyServer, words: str, error: type[Exception] = CopyError) -> None:
    """The pull is refused in these words, and the home shows what it showed."""
    before = current_build(home)
    with pytest.raises(error, match=words):
        follow(home, server)
    assert current_build(home) == before and shown(home) == list(range(40))


@pytest.fixture
def follower(home: Home, server: CopyServer, both: Path) -> Home:
    """A home that shows the first snapshot, where the second is to be had."""
    follow(home, server)
    server.folder = both / "later"
    return home


def test_a_flipped_byte_is_refused(follower, server, both):
    content = (both / "later" / "snapshots" / SECOND / "listed_repositories.parquet").read_bytes()
    server.instead["listed_repositories.parquet"] = content[:100] + bytes([content[100] ^ 1]) + content[101:]
    refused(follower, server, "listed_repositories.parquet is not what its manifest says")
    server.instead.clear()
    follow(follower, server)


@pytest.mark.parametrize("end", ["latest.json", "manifest.json"])
def test_a_page_for_people_is_no_copy(follower, server, end):
    server.instead[end] = b"<!doctype html><title>Log in</title>"
    refused(follower, server, "is not JSON|is not the manifest that latest.json names|begins")


def test_a_manifest_that_latest_does_not_name_is_refused(follower, server, both):
    content = (both / "later" / "snapshots" / SECOND / "manifest.json").read_bytes()
    server.instead["manifest.json"] = content.replace(b'"rows": 40', b'"rows": 41')
    refused(follower, server, "is not the manifest that latest.json names")


def test_a_newer_format_is_refused_with_the_version_that_reads_it(follower, server, both):
    latest = json.loads((both / "later" / "latest.json").read_text()) | {"format": 3, "version": "9.1"}
    server.instead["latest.json"] = json.dumps(latest).encode()
    refused(follower, server, "format 3, and this hubscope reads 2.*hubscope 9.1 or later")


def test_a_copy_of_before_all_tables_were_published_is_told_from_a_broken_one(follower, server, both):
    latest = json.loads((both / "later" / "latest.json").read_text())
    del latest["format"]
    server.instead["latest.json"] = json.dumps(latest).encode()
    refused(follower, server, "did not publish all tables yet")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "../../etc/passwd"}, "stands where it cannot"),
        ({"name": "a/b.parquet"}, "stands where it cannot"),
        ({"sha256": "x"}, "stands where it cannot"),
        ({"bytes": -1}, "has no size"),
        ({"columns": [{"name": "a", "type": "blob"}]}, "of the type blob"),
        ({"edition": "large"}, "is no table"),
    ],
)
def test_a_manifest_that_names_what_it_may_not_is_refused(home, server, both, change, words):
    first, *others = files_of(both / "public")
    server.instead = altered(both / "public", files=[first | change, *others])
    with pytest.raises(CopyError, match=words):
        follow(home, server)
    assert not list(home.path.rglob("*.parquet"))


def test_a_file_that_is_listed_twice_and_a_history_outside_the_lake_are_refused(home, server, both):
    files = files_of(both / "public")
    server.instead = altered(both / "public", files=[*files, files[0]])
    with pytest.raises(CopyError, match="is listed twice"):
        follow(home, server)
    outside = {"path": "history/../../x.parquet", "listing": "hub_models", "coverage": "full"}
    server.instead = altered(both / "public", history=[outside])
    with pytest.raises(CopyError, match="is no file of the lake"):
        follow(home, server)


@pytest.mark.parametrize(
    ("change", "words"),
    [({"rows": 7}, "has 40 rows"), ({"columns": [{"name": "kind", "type": "varchar"}]}, "has other columns")],
)
def test_a_table_that_is_not_as_its_manifest_says_is_never_shown(home, server, both, change, words):
    files = [
        file | change if file["name"] == "listed_repositories.parquet" else file for file in files_of(both / "public")
    ]
    server.instead = altered(both / "public", files=files)
    with pytest.raises(CopyError, match=words):
        follow(home, server)
    assert not list(home.builds.glob("*"))


def test_what_an_older_publisher_does_not_have_is_told_as_its_own(home, server):
    warehouse = follow(home, server).warehouse
    with pytest.raises(NoWarehouse, match=r"was published by hubscope .* and lacks what milestones reads"):
        warehouse.query("milestones")


def test_simulated_and_real_data_are_never_mixed_by_a_pull(follower, server, both):
    server.folder = both / "public"
    server.instead = altered(both / "public", is_simulated=True)
    refused(follower, server, "never mixed", LakeError)


def test_a_home_that_collects_itself_takes_no_copy_and_is_told_the_way_out(home, server):
    built(home, {MODELS: [model("a", 1)]})
    before = current_build(home)
    with pytest.raises(CopyError, match=r"collects its own history.*set HUBSCOPE_HOME to another folder"):
        follow(home, server)
    assert current_build(home) == before and server.asked == []


@pytest.mark.parametrize("folder", ["lake/hub_models", "copy"])
def test_nothing_of_a_copy_is_written_through_a_link(home, server, tmp_path, folder):
    outside = tmp_path / "outside"
    outside.mkdir()
    (home.path / folder).parent.mkdir(parents=True)
    (home.path / folder).symlink_to(outside)
    if folder == "copy":  # a folder of the home itself may be one, as on a larger disk
        follow(home, server)
        assert shown(home) == list(range(40))
    else:
        with pytest.raises(LakeError, match="leads through a symbolic link"):
            follow(home, server)
        assert list(outside.iterdir()) == []


def test_of_two_pulls_at_once_the_second_is_told_of_the_first(home, server):
    with locked(home, NOW), pytest.raises(BusyError, match="Another run"):
        follow(home, server)


def test_a_snapshot_of_tomorrow_is_shown_and_said(home, server):
    said: list[str] = []

    class Listener(Report):
        def say(self, text: str) -> None:
            said.append(text)

    pull(home, server.url, now=datetime(2026, 2, 27, tzinfo=UTC), upstream=server.upstream(), report=Listener())
    assert shown(home) == list(range(40))
    assert any("lies in the future" in text for text in said)


def run(home: Home, *words: str):
    return CliRunner().invoke(main, words, env={"HUBSCOPE_HOME": str(home.path)})


def test_what_would_add_to_the_history_of_a_followed_home_is_refused_with_the_way_out(follower):
    for command in ("collect", "backfill", "build", "compact", "prune", "verify", "publish --to x"):
        told = run(follower, *command.split())
        assert (told.exit_code, "`hubscope pull` takes what is new there" in told.stderr) == (10, True), command


def test_where_nobody_can_tell_whose_copy_a_home_is_nothing_is_collected(follower):
    note = follower.path / "followed.json"
    note.write_text("{", encoding="utf-8")
    for command in ("collect", "build", "pull"):
        told = run(follower, command)
        assert (told.exit_code, str(note) in told.stderr) == (4, True), command
    assert note.read_text(encoding="utf-8") == "{"


def test_the_command_follows_and_then_needs_no_source(home, both):
    source = str(both / "public")
    assert "name a SOURCE" in run(home, "pull").stderr
    assert run(home, "pull", source).stdout.startswith(f"Took the snapshot of 2026-03-01 12:00 UTC from {source}: ")
    assert (
        run(home, "pull").stdout == f"Nothing new: this home shows the snapshot of 2026-03-01 12:00 UTC from {source}\n"
    )


def test_a_notebook_opens_a_copy_and_goes_on_with_what_it_took_when_the_source_is_away(both, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    public = shutil.copytree(both / "public", tmp_path / "public")
    for content in (None, "<html>"):
        if content:
            (public / "latest.json").write_text(content)
        observatory = hubscope.open(public, "en")
        found = observatory.sql("select sum(downloads) as downloads from repositories")
        assert (found["downloads"].tolist(), found.attrs["copied_from"]) == ([780], str(public))


def test_what_is_there_is_shown_when_the_source_is_away_and_a_first_start_ends(home, server, tmp_path, capsys):
    with pytest.raises(SourceError, match="cannot be read"):
        hubscope._follow(home, str(tmp_path / "nowhere"))
    follow(home, server)
    server.instead["latest.json"] = b"<html>"
    hubscope._follow(home, server.url)
    told = capsys.readouterr().err
    assert "is not JSON" in told and "Opening on the snapshot of 2026-03-01 12:00 UTC." in told


def test_what_follows_a_run_follows_a_pull_that_brought_something_and_no_other(home, both):
    joined = Joined(lambda brought: f"written for {brought.path}", lambda *_: [])
    words, environment = [str(both / "public")], {"HUBSCOPE_HOME": str(home.path)}
    first, again = (CliRunner().invoke(pull_command, words, obj=joined, env=environment) for _ in range(2))
    assert f"written for {home.path}" in first.stdout and "written for" not in again.output


def test_a_source_that_is_no_copy_is_told_in_one_message(home, tmp_path):
    told = run(home, "pull", str(tmp_path / "nowhere"))
    assert (told.exit_code, "latest.json cannot be read" in told.stderr) == (3, True)
