"""Every upstream against every kind of answer that would cost too much or lead elsewhere."""

import gzip
from datetime import datetime

import pytest

from collector.sources.catalogue import Catalogue
from collector.sources.hub import Hub, HubListing
from collector.sources.openai_models import OpenAIModels
from collector.sources.pypi_downloads import PyPIDownloads
from collector.sources.repository import Repository
from collector.sources.taxonomy import HubTaxonomy
from tests.collector.hub_server import Answer, serving
from warehouse.errors import SourceError


def first_page(source):
    source.fetch(source.first_url, wanted=None)


def asking(upstream):
    return Hub(upstream, lambda seconds, reason: pytest.fail("it waited"))


UPSTREAMS = {
    "/api/models": lambda upstream: first_page(HubListing(asking(upstream), "models", "full")),
    "/api/tasks": lambda upstream: first_page(HubTaxonomy(asking(upstream), "hub_tasks")),
    "/api.json": lambda upstream: first_page(Catalogue(upstream)),
    "/api/packages/transformers/overall": lambda upstream: first_page(PyPIDownloads(upstream)),
    "/v1/models": lambda upstream: first_page(OpenAIModels(upstream)),
    "/api/datasets/a/b/commits/main": lambda upstream: list(Repository(asking(upstream), "a/b").commits(datetime.min)),
}
WHITESPACE = b"[" + b" " * 4_000 + b"]"
ANSWERS = {
    "larger than anything": (Answer(body=WHITESPACE), "larger than 1,000 bytes"),
    "unpacks to more than anything": (
        Answer(body=gzip.compress(WHITESPACE), headers={"Content-Encoding": "gzip"}),
        "larger than 1,000 bytes",
    ),
    "byte by byte": (Answer(body=b"[" + b" " * 500, drip=0.05), "took longer than"),
    "asks for a wait of years": (
        Answer(status=429, headers={"Retry-After": "999999999"}),
        "longer than hubscope waits",
    ),
    "asks for a wait without end": (
        Answer(status=429, headers={"RateLimit": f'"api";r=0;t={"9" * 5_000}'}),
        "longer than hubscope waits",
    ),
    "is away for a day": (Answer(status=503, headers={"Retry-After": "86400"}), "24 hours"),
}


@pytest.fixture
def tight(monkeypatch):
    """Bounds that a test reaches in no time."""
    monkeypatch.setattr("collector.client.LARGEST_BODY", 1_000)
    monkeypatch.setattr("collector.client.LONGEST_ANSWER", 0.2)


@pytest.mark.parametrize("path", UPSTREAMS)
@pytest.mark.parametrize("kind", ANSWERS)
def test_what_would_cost_too_much_is_refused_in_words(hub, path, kind, tight):
    answer, words = ANSWERS[kind]
    hub.answers[path] = [answer]
    with pytest.raises(SourceError, match=words):
        UPSTREAMS[path](hub.upstream(retries=0, openai_key="sk-x"))


@pytest.mark.parametrize("path", UPSTREAMS)
def test_a_redirect_to_another_server_is_refused_and_nothing_is_sent_there(hub, path):
    with serving() as other:
        hub.answers[path] = [Answer(status=302, headers={"Location": f"{other.url}{path}"})]
        with pytest.raises(SourceError, match="sends us on to another host"):
            UPSTREAMS[path](hub.upstream(retries=0, openai_key="sk-x", hub_token="hf_x"))
        assert other.asked == []


@pytest.mark.parametrize("path", UPSTREAMS)
def test_a_redirect_within_the_server_is_followed(hub, path):
    hub.documents["/api/datasets/a/b/commits/main"] = []
    hub.answers[path] = [Answer(status=307, headers={"Location": f"{path}?limit=1000"})]
    UPSTREAMS[path](hub.upstream(retries=0, openai_key="sk-x"))
    assert hub.paths() == [path, path]
