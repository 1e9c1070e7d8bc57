"""Site, feeds and public copy in one folder, as `hubscope publish --to DIR --site` writes them."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.export import leaves, site
from dashboard.export.shared_folder import SITE_MARK, write_shared_site
from hubscope import main
from tests.dashboard.exporting import NOW
from warehouse.errors import ExportError
from warehouse.read import Warehouse, open_current


@pytest.fixture
def warehouse(demo_home, monkeypatch) -> Warehouse:
    """Of whose site one page without a picture is written: to a folder it makes no difference."""
    monkeypatch.setattr(site, "leaves", lambda warehouse, choices, entries: iter([leaves._entry(entries[0], [], [])]))
    monkeypatch.setenv("HUBSCOPE_HOME", str(demo_home.path))
    return open_current(demo_home)


def _publish(folder: Path, *options: str) -> str:
    done = CliRunner().invoke(main, ["publish", "--to", str(folder), *options])
    assert done.exit_code == 0, done.output
    return done.output


def _state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file, and which it is: one that was written anew has another number."""
    files = [path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts]
    return {path.relative_to(folder).as_posix(): (path.stat().st_ino, path.read_bytes()) for path in files}


def test_one_folder_serves_browser_feed_reader_and_pull_and_is_committed_whole(warehouse, tmp_path):
    git = ["git", "-C", str(tmp_path), "-c", "user.name=me", "-c", "user.email=me@example.org"]
    subprocess.run([*git, "init", "--quiet"], check=True)
    for name, value in (("user.name", "me"), ("user.email", "me@example.org")):
        subprocess.run([*git, "config", name, value], check=True)
    assert "committed" in _publish(tmp_path, "--site")
    latest = json.loads((tmp_path / "latest.json").read_bytes())
    assert (tmp_path / latest["manifest"]).is_file()
    for name in (
        "index.html",
        "en/changes-20261101T000000Z.html",
        "zh/feed.xml",
        "en/feed.json",
        "assets/vega.js",
        "README.md",
    ):
        assert (tmp_path / name).is_file(), name
    found = re.findall(
        r'rel="alternate" type="\S+" .+ href="(\S+)"', (tmp_path / "index.html").read_text(encoding="utf-8")
    )
    assert found == ["en/feed.xml", "en/feed.json", "zh/feed.xml", "zh/feed.json"], "at the address itself"
    assert subprocess.run([*git, "status", "--porcelain"], check=True, capture_output=True).stdout == b""
    before = _state(tmp_path)
    assert "already" in _publish(tmp_path, "--site")
    assert _state(tmp_path) == before


def test_the_pages_are_made_anew_for_another_address_and_nothing_of_the_copy_is_touched(
    warehouse, tmp_path, monkeypatch
):
    _publish(tmp_path, "--site")
    before = _state(tmp_path)
    monkeypatch.setenv("HUBSCOPE_SITE_URL", "https://example.org/course")
    write_shared_site(warehouse, tmp_path, now=NOW)
    after = _state(tmp_path)
    changed = {name for name in before if before[name] != after[name]}
    assert {name.split("/")[0] for name in changed} == {
        "en",
        "zh",
        "assets",
        "index.html",
        SITE_MARK,
        ".nojekyll",
    }
    assert b"https://example.org/course/en/changes-" in after["en/feed.xml"][1]
    assert {path.name for path in tmp_path.glob(".*")} == {".nojekyll"}


def test_what_somebody_else_put_there_is_not_replaced(warehouse, tmp_path):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError, match="holds en, which hubscope did not write"):
        write_shared_site(warehouse, tmp_path, now=NOW)
    assert list(_state(tmp_path)) == ["en/mine.txt"]


def test_an_interrupted_site_is_written_whole_the_next_time(warehouse, tmp_path):
    whole = write_shared_site(warehouse, tmp_path, now=NOW)
    mark = tmp_path / SITE_MARK
    mark.write_bytes(mark.read_bytes().replace(b'"made_of"', b'"unfinished"'))
    (tmp_path / "zh" / "feed.xml").unlink()
    assert write_shared_site(warehouse, tmp_path, now=NOW) == whole
    assert (tmp_path / "zh" / "feed.xml").is_file()


def test_an_export_of_the_site_alone_does_not_take_the_place_of_a_public_copy(warehouse, tmp_path):
    _publish(tmp_path, "--site")
    before = _state(tmp_path)
    refused = CliRunner().invoke(main, ["export", "--site", str(tmp_path)])
    assert refused.exit_code == ExportError.exit_code
    assert _state(tmp_path) == before


def test_pages_go_to_a_folder_alone(warehouse):
    refused = CliRunner().invoke(main, ["publish", "--to", "hf://datasets/me/copy", "--site"])
    assert refused.exit_code == 2
    assert "--site is for a folder" in refused.output
