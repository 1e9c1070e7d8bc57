"""OpenAI, models.dev and the taxonomy: their failure is written down and ends nothing."""

import json
from datetime import timedelta

import pytest

from tests.collector.conftest import NOON, state
from tests.collector.hub_server import Answer
from warehouse.errors import CoverageError


def test_without_a_key_openai_is_skipped_and_the_manifest_says_so(hub, snapshots):
    manifest = snapshots.take("full")
    skipped = state(manifest, "openai_models")
    assert (skipped.status, skipped.reason) == ("skipped", "OPENAI_API_KEY is not set")
    assert "/v1/models" not in hub.paths()


def test_private_fine_tunes_never_reach_the_disk(hub, snapshots, heard):
    mine = {"id": "ft:gpt-4o-mini:my-company::abc", "object": "model", "created": 1, "owned_by": "my-company"}
    hub.documents["/v1/models"]["data"] = [*hub.documents["/v1/models"]["data"], mine]
    assert state(snapshots.take("full", openai_key="sk-x"), "openai_models").row_count == 1
    hub.documents["/v1/models"]["data"].pop()
    assert "OpenAI models: 1 private records left out" in heard.lines
    assert not [
        path for path in snapshots.home.path.rglob("*") if path.is_file() and b"my-company" in path.read_bytes()
    ]


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
def test_a_failed_openai_answer_is_marked_as_failed_and_the_hub_is_kept(hub, snapshots, answer):
    hub.answers["/v1/models"] = [answer] * 3
    manifest = snapshots.take("full", openai_key="sk-x", retries=0)
    assert state(manifest, "openai_models").status == "failed"
    assert "sk-x" not in state(manifest, "openai_models").reason
    assert state(manifest, "hub_models").status == "ok"


@pytest.mark.parametrize(
    "answer",
    [Answer(status=404), Answer(status=503), Answer(body=b"{}"), Answer(body=b"[1]"), Answer(body=b"<html>")],
    ids=["404", "503", "no providers", "a list", "HTML"],
)
def test_a_failed_catalogue_is_marked_as_failed(hub, snapshots, answer):
    hub.answers["/api.json"] = [answer] * 3
    assert state(snapshots.take("full", retries=1), "catalogue_models").status == "failed"


def test_a_passing_fault_of_the_catalogue_is_asked_again(hub, snapshots):
    hub.answers["/api.json"] = [Answer(status=503), Answer(body=json.dumps({"a": 1}).encode(), cut=True)]
    assert state(snapshots.take("full"), "catalogue_models").status == "ok"


def test_a_catalogue_without_an_end_is_not_read_into_memory(hub, snapshots, monkeypatch):
    monkeypatch.setattr("collector.sources.catalogue.LARGEST_BODY", 1_000)
    hub.answers["/api.json"] = [Answer(body=b"[" + b" " * 2_000 + b"]")] * 3
    assert "larger than" in state(snapshots.take("full"), "catalogue_models").reason


def test_a_vocabulary_that_fails_at_its_second_document_is_failed_as_a_whole(hub, snapshots):
    hub.answers["/api/datasets-tags-by-type"] = [Answer(status=401, body=b'{"error":"no"}')]
    manifest = snapshots.take("full")
    assert (state(manifest, "hub_tags").status, state(manifest, "hub_tasks").status) == ("failed", "ok")


def test_a_side_source_that_failed_is_asked_again_when_an_interrupted_run_resumes(hub, snapshots):
    hub.answers["/api/tasks"] = [Answer(status=404, body=b"{}")]
    hub.listings["/api/models"], models = [], hub.listings["/api/models"]
    with pytest.raises(CoverageError):
        snapshots.take("full")
    hub.listings["/api/models"] = models
    assert state(snapshots.take("full", taken_at=NOON + timedelta(minutes=5)), "hub_tasks").status == "ok"
