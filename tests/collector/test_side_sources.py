"""OpenAI, models.dev and the taxonomy: their failure is written down and ends nothing."""

import json
from datetime import timedelta

import pytest

from collector.sources.catalogue import Catalogue
from collector.sources.hub import Hub, HubListing
from collector.sources.openai_models import OpenAIModels
from collector.sources.pypi_downloads import PACKAGES
from collector.sources.taxonomy import HubTaxonomy
from tests.collector.conftest import NOON, snapshot_of, state
from tests.collector.hub_server import Answer, record, serving
from warehouse.errors import CoverageError


@pytest.fixture
def beside(home, hub, heard):
    """Collects one side source beside the listing of models and returns the manifest."""

    def collect(make, **upstream):
        asked = hub.upstream(**upstream)
        models = HubListing(Hub(asked, heard.waiting), "models", "full")
        return snapshot_of(home, [models, make(asked)], taken_at=NOON, report=heard)

    return collect


def vocabulary(listing):
    return lambda upstream: HubTaxonomy(Hub(upstream, lambda seconds, reason: None), listing)


def test_without_a_key_openai_is_skipped_and_the_manifest_says_so(hub, snapshots):
    manifest = snapshots.take("full")
    skipped = state(manifest, "openai_models")
    assert (skipped.status, skipped.reason) == ("skipped", "OPENAI_API_KEY is not set")
    assert "/v1/models" not in hub.paths()


def test_private_fine_tunes_never_reach_the_disk(hub, home, heard, beside):
    mine = {"id": "ft:gpt-4o-mini:my-company::abc", "object": "model", "created": 1, "owned_by": "my-company"}
    listed = {"object": "list", "data": [*hub.documents["/v1/models"]["data"], mine]}
    hub.documents["/v1/models"] = listed
    assert state(beside(OpenAIModels, openai_key="sk-x"), "openai_models").row_count == 1
    assert "OpenAI models: 1 private records left out" in heard.lines
    assert not [path for path in home.path.rglob("*") if path.is_file() and b"my-company" in path.read_bytes()]


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=500, body=b"[]"),
        Answer(body=b'{"object":"list","data":[]}'),
        Answer(body=b'{"error":"no"}'),
        Answer(body=b"<html>"),
        Answer(status=401, body=b'{"error":{"message":"Incorrect API key provided: sk-x"}}'),
    ],
    ids=["500", "empty list", "no list", "HTML", "401"],
)
def test_a_failed_openai_answer_is_marked_as_failed_and_the_hub_is_kept(hub, beside, answer):
    hub.answers["/v1/models"] = [answer] * 3
    manifest = beside(OpenAIModels, openai_key="sk-x", retries=0)
    assert state(manifest, "openai_models").status == "failed"
    assert "sk-x" not in state(manifest, "openai_models").reason
    assert state(manifest, "hub_models").status == "ok"


@pytest.mark.parametrize(
    "answer",
    [Answer(status=404), Answer(status=503), Answer(body=b"{}"), Answer(body=b"[1]"), Answer(body=b"<html>")],
    ids=["404", "503", "no providers", "a list", "HTML"],
)
def test_a_failed_catalogue_is_marked_as_failed(hub, beside, answer):
    hub.answers["/api.json"] = [answer] * 3
    assert state(beside(Catalogue, retries=1), "catalogue_models").status == "failed"


def test_a_passing_fault_of_the_catalogue_is_asked_again(hub, beside):
    hub.answers["/api.json"] = [Answer(status=503), Answer(body=json.dumps({"a": 1}).encode(), cut=True)]
    assert state(beside(Catalogue), "catalogue_models").status == "ok"


def test_a_catalogue_without_an_end_is_not_read_into_memory(hub, beside, monkeypatch):
    monkeypatch.setattr("collector.client.LARGEST_BODY", 1_000)
    hub.answers["/api.json"] = [Answer(body=b"[" + b" " * 2_000 + b"]")] * 3
    assert "larger than" in state(beside(Catalogue), "catalogue_models").reason


def test_a_vocabulary_that_fails_at_its_second_document_is_failed_as_a_whole(hub, beside):
    hub.answers["/api/datasets-tags-by-type"] = [Answer(status=401, body=b'{"error":"no"}')]
    assert state(beside(vocabulary("hub_tags")), "hub_tags").status == "failed"


def test_a_side_source_that_failed_is_asked_again_when_a_refused_run_is_accepted(hub, snapshots):
    """A commit that was refused for a drop keeps its pages; what had failed beside them is not kept."""
    hub.listings["/api/models"] = [record(n) for n in range(10)]
    snapshots.take("full")
    hub.listings["/api/models"] = [record(1)]
    hub.answers["/api/tasks"] = [Answer(status=404, body=b"{}")]
    with pytest.raises(CoverageError):
        snapshots.take("full", taken_at=NOON + timedelta(days=1))
    manifest = snapshots.take("full", taken_at=NOON + timedelta(days=1, minutes=5), accept_drop=True)
    assert state(manifest, "hub_tasks").status == "ok"


def test_an_empty_side_listing_loses_only_itself(hub, snapshots):
    hub.documents |= {f"/api/packages/{package}/overall": {"package": package, "data": []} for package in PACKAGES}
    hub.documents["/api/tasks"] = {"a": []}
    manifest = snapshots.take("full")
    lost = [entry for entry in manifest.listings if entry.status == "failed"]
    assert {entry.listing for entry in lost} == {"pypi_downloads", "hub_tasks"}
    assert state(manifest, "hub_models").status == "ok" and all("empty" in entry.reason for entry in lost)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b'{"object":"list","data":null}', "it has no list 'data'"),
        (b'{"error":{"message":"API key required"}}', "it says: API key required"),
        (b'{"error":"No models loaded"}', "it says: No models loaded"),
        (b'{"data":[{"id":"a"}],"has_more":true}', "goes on at a next page"),
        (b'{"data":[{"id":"a"}],"links":{"next":"/v1/models?page=2"}}', "goes on at a next page"),
        (b"<html>", "is not JSON"),
    ],
)
def test_a_server_that_speaks_like_openai_is_named_and_quoted(hub, beside, answer, words):
    hub.answers["/v1/models"] = [Answer(body=answer)] * 3
    reason = state(beside(OpenAIModels, openai_key="sk-x"), "openai_models").reason
    assert words in reason and "127.0.0.1:" in reason and "OpenAI API" not in reason and "Error" not in reason


def test_a_bare_list_of_models_is_a_list_of_models(hub, beside):
    hub.documents["/v1/models"] = hub.documents["/v1/models"]["data"]
    assert state(beside(OpenAIModels, openai_key="sk-x"), "openai_models").row_count == 1


def openai_list(*names):
    return {
        "object": "list",
        "data": [{"id": name, "object": "model", "created": 1, "owned_by": "x"} for name in names],
    }


def test_another_servers_list_is_never_taken_for_the_first_ones(hub, snapshots):
    """Many shells set OPENAI_BASE_URL: 335 models of another server are not new, nor are those before removed."""
    hub.documents["/v1/models"] = openai_list("a", "b")
    first = state(snapshots.take("full", openai_key="sk-x"), "openai_models")
    with serving() as other:
        other.documents["/v1/models"] = openai_list(*(f"theirs-{n}" for n in range(335)))
        elsewhere = {"openai_key": "sk-x", "openai_base_url": f"{other.url}/v1"}
        lost = state(snapshots.take("full", taken_at=NOON + timedelta(days=1), **elsewhere), "openai_models")
    again = state(snapshots.take("full", taken_at=NOON + timedelta(days=2), openai_key="sk-x"), "openai_models")
    assert (first.status, first.server) == ("ok", hub.url)
    assert lost.status == "failed" and hub.url in lost.reason and other.url in lost.reason
    assert (again.status, again.added_count, again.left_count) == ("ok", 0, 0)


def test_a_side_list_that_lost_more_than_a_tenth_is_kept_only_when_accepted(hub, snapshots):
    names = [f"model-{n}" for n in range(40)]
    hub.documents["/v1/models"] = openai_list(*names)
    snapshots.take("full", openai_key="sk-x")
    hub.documents["/v1/models"] = openai_list(*names[5:], *(f"new-{n}" for n in range(100)))
    refused = snapshots.take("full", taken_at=NOON + timedelta(days=1), openai_key="sk-x")
    assert "lacks 5 of the 40 rows" in state(refused, "openai_models").reason
    assert state(refused, "hub_models").status == "ok"
    kept = snapshots.take("full", taken_at=NOON + timedelta(days=2), openai_key="sk-x", accept_drop=True)
    assert (state(kept, "openai_models").left_count, state(kept, "openai_models").added_count) == (5, 100)


def test_a_side_list_with_a_text_that_takes_all_memory_loses_only_itself(hub, beside):
    hub.documents["/api/tasks"] = {"t": {"id": "t", "label": "x" * 12_000_000}}
    manifest = beside(vocabulary("hub_tasks"))
    assert (state(manifest, "hub_tasks").status, state(manifest, "hub_models").status) == ("failed", "ok")
    assert "more memory" in state(manifest, "hub_tasks").reason
