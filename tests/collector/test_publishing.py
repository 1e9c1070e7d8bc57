"""Publishing to the Hub with the real client, against a server that takes commits as the Hub does."""

import hashlib
import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from huggingface_hub import constants

from collector.commands import publish
from collector.progress import Report
from collector.publishing import publish_to_hub
from tests.collector.dataset_server import TOKEN, DatasetServer, serving_datasets
from tests.warehouse.marts import MODELS, OPENAI, built, model, openai_list, take_run
from warehouse.errors import PublishError
from warehouse.marts.build import build
from warehouse.publication.folder import publish_to_folder, staged
from warehouse.publication.index import EXPLAINED, Published
from warehouse.publication.inventory import told
from warehouse.settings import Home

# The client (2.4) gives the large files to its own HTTP library in a way that it warns of.
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=<...>' to upload raw bytes:DeprecationWarning")

PLACE = "me/hub-history"
FIRST = "snapshots/2026-03-01T120000Z"


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[DatasetServer]:
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)  # the server takes large files by LFS
    with serving_datasets() as server:
        yield server


@pytest.fixture
def spring(home: Home) -> Home:
    built(home, {MODELS: [model("a", 5), model("b", 3)], OPENAI: openai_list("gpt-1")})
    return home


def to_hub(home: Home, hub: DatasetServer, **upstream: str | None) -> Published:
    with staged(home) as publication:
        return publish_to_hub(publication, PLACE, upstream=hub.upstream(**upstream), report=Report())


def test_a_missing_data_set_is_made_and_everything_comes_in_one_commit(spring, hub):
    assert to_hub(spring, hub).is_new
    there = hub.repositories[PLACE]
    assert there.titles == ["initial commit", "Snapshot 2026-03-01T120000Z"]
    names = (*(f"{table}.parquet" for table in told()), "manifest.json")
    history = [file["path"] for file in json.loads(there.files[f"{FIRST}/manifest.json"])["history"]]
    assert history and there.files.keys() == {
        *EXPLAINED,
        "latest.json",
        *history,
        *(f"{FIRST}/{name}" for name in names),
    }
    for file in json.loads(there.files[f"{FIRST}/manifest.json"])["files"]:
        assert hashlib.sha256(there.files[f"{FIRST}/{file['name']}"]).hexdigest() == file["sha256"]
    assert there.large and any(f"{FIRST}/{name}" not in there.large for name in names)
    assert f'load_dataset("{PLACE}"'.encode() in there.files["README.md"]
    assert not (spring.path / "publishing").exists()


def test_what_lies_on_the_hub_is_what_lies_in_a_folder(spring, hub, tmp_path):
    to_hub(spring, hub)
    publish_to_folder(spring, tmp_path / "public")
    there = hub.repositories[PLACE].files
    for path in (tmp_path / "public").rglob("*.*"):
        name = path.relative_to(tmp_path / "public").as_posix()
        if path.is_file() and name != "README.md":
            assert there[name] == path.read_bytes()


def test_the_same_again_makes_no_commit_and_says_so(spring, hub):
    to_hub(spring, hub)
    assert not to_hub(spring, hub).is_new
    assert len(hub.repositories[PLACE].commits) == 2


def test_a_later_snapshot_is_added_and_becomes_the_newest(spring, hub):
    to_hub(spring, hub)
    first = dict(hub.repositories[PLACE].files)
    take_run(spring, 2, {MODELS: [model("a", 6)]})
    build(spring)
    to_hub(spring, hub)
    there = hub.repositories[PLACE].files
    assert all(there[name] == content for name, content in first.items() if name.startswith("snapshots/"))
    history = {name for name in there if name.startswith("history/")}
    assert hub.repositories[PLACE].changed & history == history - first.keys() != set()
    assert json.loads(there["latest.json"])["snapshots"] == ["2026-03-02T120000Z", "2026-03-01T120000Z"]


def test_an_older_snapshot_does_not_become_the_newest(spring, hub, tmp_path):
    take_run(spring, 2, {MODELS: [model("a", 6)]})
    build(spring)
    to_hub(spring, hub)
    older = Home(tmp_path / "older")
    built(older, {MODELS: [model("a", 5)]})
    assert to_hub(older, hub).is_new
    assert json.loads(hub.repositories[PLACE].files["latest.json"])["snapshot"] == "2026-03-02T120000Z"


@pytest.mark.parametrize("table", ["repositories", "price_steps"])
def test_other_content_under_the_same_name_is_refused(spring, hub, table):
    to_hub(spring, hub)
    there = hub.repositories[PLACE]
    there.files[f"{FIRST}/{table}.parquet"] += b"!"
    with pytest.raises(PublishError, match="never rewritten"):
        to_hub(spring, hub)
    assert len(there.commits) == 2


def test_a_snapshot_that_is_there_in_part_only_is_refused(spring, hub):
    to_hub(spring, hub)
    del hub.repositories[PLACE].files[f"{FIRST}/growth.parquet"]
    with pytest.raises(PublishError, match="never rewritten"):
        to_hub(spring, hub)


def test_a_commit_of_somebody_else_in_between_is_no_loss(spring, hub, monkeypatch):
    commit = DatasetServer.commit

    def after_another(server, repository, lines):
        repository.commits.append("f" * 40)
        monkeypatch.setattr(DatasetServer, "commit", commit)
        return commit(server, repository, lines)

    monkeypatch.setattr(DatasetServer, "commit", after_another)
    with pytest.raises(PublishError, match="at the same moment; run again"):
        to_hub(spring, hub)
    assert hub.repositories[PLACE].files == {}
    assert to_hub(spring, hub).is_new


def test_without_a_token_nothing_is_asked(spring, hub):
    with pytest.raises(PublishError, match="HF_TOKEN is not set"):
        to_hub(spring, hub, hub_token=None)
    assert hub.asked == []


@pytest.mark.parametrize(
    ("end", "status", "words"),
    [
        ("/api/repos/create", 403, "must be allowed to write"),
        ("/preupload/main", 400, "HTTP 400"),
        ("/objects/batch", 507, "Nothing was published"),
        ("/commit/main", 500, "HTTP 500"),
    ],
)
def test_what_the_hub_refuses_is_told_and_never_with_the_token(spring, hub, end, status, words):
    hub.refused[end] = (status, f"no, {TOKEN}")
    with pytest.raises(PublishError, match=words) as told:
        to_hub(spring, hub)
    assert TOKEN not in str(told.value)
    assert all(not repository.files for repository in hub.repositories.values())


def test_a_hub_that_cannot_be_reached_is_told(spring):
    with staged(spring) as publication, pytest.raises(PublishError, match="the upload failed"):
        nobody = DatasetServer()
        nobody.url = "http://127.0.0.1:1"
        publish_to_hub(publication, PLACE, upstream=nobody.upstream(), report=Report())


def call(home: Home, *arguments: str, environment: dict[str, str] | None = None):
    return CliRunner().invoke(publish, arguments, env={"HUBSCOPE_HOME": str(home.path), **(environment or {})})


def test_the_command_says_what_was_published_and_where(spring, hub, monkeypatch):
    monkeypatch.setattr(constants, "ENDPOINT", hub.url)
    first, again = (call(spring, "--to", f"hf://datasets/{PLACE}", environment={"HF_TOKEN": TOKEN}) for _ in range(2))
    assert first.stdout == "2026-03-01T120000Z is published in hf://datasets/me/hub-history\n"
    assert again.stdout == "2026-03-01T120000Z was published already in hf://datasets/me/hub-history\n"
    assert TOKEN not in first.output + again.output


def test_demo_data_go_to_the_hub_only_when_asked(demo_home, hub, monkeypatch):
    monkeypatch.setattr(constants, "ENDPOINT", hub.url)
    refused = call(demo_home, "--to", f"hf://datasets/{PLACE}", environment={"HF_TOKEN": TOKEN})
    assert isinstance(refused.exception, PublishError) and "--simulated" in str(refused.exception)
    assert hub.asked == []
    call(demo_home, "--to", f"hf://datasets/{PLACE}", "--simulated", environment={"HF_TOKEN": TOKEN})
    assert b"Simulated data" in hub.repositories[PLACE].files["README.md"]


@pytest.mark.parametrize(
    "place", ["s3://bucket/x", "hf://models/me/x", "hf://datasets/x", "https://huggingface.co/datasets/a/b"]
)
def test_an_address_that_is_no_place_is_a_typing_error(spring, place):
    told = call(spring, "--to", place)
    assert told.exit_code == 2 and "is no place to publish to" in told.stderr


def test_iceberg_metadata_are_written_beside_a_folder_and_never_go_to_the_hub(spring, tmp_path):
    place = tmp_path / "public"
    done = call(spring, "--to", str(place), "--iceberg")
    assert done.exit_code == 0, done.output
    assert "repositories" in json.loads((place / "iceberg" / FIRST.split("/")[1] / "tables.json").read_bytes())
    refused = call(spring, "--to", f"hf://datasets/{PLACE}", "--iceberg")
    assert refused.exit_code == 2 and "--iceberg is for a folder" in refused.output
