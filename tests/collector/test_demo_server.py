"""The simulated servers speak as the real ones do, so that the real clients read them; and misbehave when told to."""

import time
from datetime import date

import httpx2
import openai
import pytest
from huggingface_hub import HfApi, constants
from huggingface_hub.utils import parse_ratelimit_headers

from collector.demo.history import serve_apart
from collector.demo.server import Fault, serve
from collector.demo.world.ecosystem import Ecosystem, moment
from collector.sources.hub import EXPAND

CLIENT = httpx2.Client(verify=False)  # nothing here is encrypted, and reading certificates takes longer than an answer
KINDS = ("models", "datasets", "spaces")


@pytest.fixture(scope="module")
def world():
    return Ecosystem(models=4_000, until=date(2026, 9, 1))


@pytest.fixture(scope="module")
def address(world):
    with serve(world) as address:
        yield address


@pytest.fixture
def hub(address, monkeypatch):
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_TELEMETRY", True)  # else the client asks huggingface.co for a list
    return HfApi(endpoint=f"{address}/at/2025-10-23", token=False)


def pages(url):
    """Every page from `url` on, by the `next` links."""
    while url:
        answer = CLIENT.get(url)
        answer.raise_for_status()
        yield answer
        url = answer.links.get("next", {}).get("url")


@pytest.mark.parametrize("kind", KINDS)
def test_a_listing_in_creation_order_meets_each_repository_exactly_once(address, world, kind):
    expand = "&".join(f"expand={field}" for field in EXPAND[kind].split())
    answers = list(pages(f"{address}/at/2025-10-23/api/{kind}?sort=createdAt&limit=500&{expand}"))
    records = [record for answer in answers for record in answer.json()]
    alive = world.kinds[kind].is_alive(moment("2025-10-23"))
    assert len(records) == alive.sum() == len({record["_id"] for record in records})
    created = [record["createdAt"] for record in records]
    assert created == sorted(created, reverse=True)
    assert len(answers) == -(-len(records) // 500)


@pytest.mark.parametrize("sort", ["downloads", "likes", "lastModified", "trendingScore"])
def test_a_listing_in_any_other_order_has_no_gap_either_while_nothing_moves(address, sort):
    url = f"{address}/at/2025-10-23/api/models?sort={sort}&limit=700&expand={sort}"
    records = [record for answer in pages(url) for record in answer.json()]
    assert len({record["_id"] for record in records}) == len(records) > 2_000
    values = [record[sort] for record in records]
    assert values == sorted(values, reverse=True)


def test_next_links_stay_at_the_same_host_and_date(address):
    url = f"{address}/world/4000-models-seed-2026/at/2025-10-23T10:00:00/api/models?limit=10"
    following = CLIENT.get(url).links["next"]["url"]
    assert following.startswith(f"{url}&cursor=")


def test_another_world_is_refused_by_name(address):
    assert CLIENT.get(f"{address}/world/9-models-seed-1/api/models").status_code == 404


def test_every_answer_says_that_it_is_simulated_and_what_the_budget_is(address):
    for path in ("/api/models?limit=1", "/v1/models", "/api.json", "/api/nothing", "/at/never/api/models"):
        answer = CLIENT.get(address + path)
        assert answer.headers["X-Hubscope-Simulated"] == "1"
        assert parse_ratelimit_headers(answer.headers).window_seconds == 300


def test_the_hubs_own_client_lists_models_datasets_and_spaces(hub):
    newest = list(hub.list_models(sort="created_at", limit=30, full=True, cardData=True))
    assert len(newest) == 30
    assert newest[0].created_at > newest[-1].created_at
    assert newest[0].siblings and newest[0].sha and newest[0].last_modified
    asked = ["downloads", "downloadsAllTime", "safetensors"]
    top = {model.id: model for model in hub.list_models(sort="downloads", limit=20, expand=asked)}
    minilm = top["sim-harbour/all-MiniLM-L6-v2"]
    assert 0 < minilm.downloads < minilm.downloads_all_time
    assert minilm.safetensors.total == 22_700_000
    assert len(list(hub.list_datasets(limit=1_100))) == len({d.id for d in hub.list_datasets()}) > 200
    assert all(space.sdk for space in hub.list_spaces(limit=20, full=True))


def test_the_hubs_own_client_reads_the_tags(hub):
    tags = hub.get_model_tags()
    assert {"license:apache-2.0", "license:gemma"} <= {tag["id"] for tag in tags["license"]}
    assert next(tag for tag in tags["pipeline_tag"] if tag["id"] == "fill-mask")["subType"] == "nlp"
    assert {"task_categories", "size_categories", "license"} <= hub.get_dataset_tags().keys()


def test_openais_own_client_lists_models_and_needs_a_key(address):
    client = openai.OpenAI(base_url=f"{address}/at/2026-03-01/v1", api_key="any")
    with client:
        models = client.models.list().data
    assert len(models) > 100
    assert all("-sim" in model.id for model in models)
    assert {"gpt-4o-sim", "gpt-5.2-sim-2025-12-05"} <= {model.id for model in models}
    assert CLIENT.get(f"{address}/v1/models").status_code == 401


def test_closed_models_arrive_are_announced_to_shut_down_and_go(address):
    def listed(day):
        answer = CLIENT.get(f"{address}/at/{day}/v1/models", headers={"Authorization": "Bearer any"})
        return {model["id"]: model["shutdown_date"] for model in answer.json()["data"]}

    assert "gpt-4.5-preview-sim" not in listed("2025-01-01")
    assert listed("2025-03-01")["gpt-4.5-preview-sim"] == "2025-07-08"
    assert "gpt-4.5-preview-sim" not in listed("2025-09-01")


def test_the_catalogue_has_falling_prices_and_weights_that_the_hub_lists(address):
    def offers(day):
        providers = CLIENT.get(f"{address}/at/{day}/api.json").json()
        assert all("(simulated)" in provider["name"] for provider in providers.values())
        return {(key, name): model for key, p in providers.items() for name, model in p["models"].items()}

    def price(model):
        return model.get("cost", {}).get("input", 0)

    early, late = offers("2025-02-01"), offers("2026-08-01")
    cheaper = [key for key in early.keys() & late.keys() if price(late[key]) < price(early[key])]
    assert len(cheaper) > 10
    weights = {
        model["weights"][0]["url"].removeprefix("https://huggingface.co/")
        for model in late.values()
        if model["open_weights"]
    }
    listed = {
        record["id"]
        for answer in pages(f"{address}/at/2026-08-01/api/models?expand=downloads")
        for record in answer.json()
    }
    assert weights and weights <= listed


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("sort=size", "Invalid sort parameter: size"),
        ("expand=usedStorage", "usedStorage"),
        ("expand=downloads&full=true", "expand"),
        ("limit=many", "limit"),
        ("cursor=bm90aGluZw", "cursor"),
        ("direction=1", "direction"),
        ("author=sim-harbour", "author"),
    ],
)
def test_what_the_hub_refuses_or_this_world_cannot_do_is_refused_with_a_reason(address, query, said):
    answer = CLIENT.get(f"{address}/api/models?{query}")
    assert answer.status_code == 400
    assert said in answer.json()["error"]


def test_spaces_have_no_downloads_and_no_tags_document(address):
    assert CLIENT.get(f"{address}/api/spaces?sort=downloads").status_code == 400
    assert "downloads" not in CLIENT.get(f"{address}/api/spaces?limit=1&full=true").json()[0]
    assert CLIENT.get(f"{address}/api/spaces-tags-by-type").status_code == 401


def test_the_pages_own_address_counts_what_matches_under_a_rate_limit_of_its_own(address):
    def ask(query):
        return CLIENT.get(f"{address}/at/2025-10-23/models-json?sort=created&{query}")

    whole, part = (ask(f"withCount=true{more}") for more in ("", "&pipeline_tag=text-generation&library=transformers"))
    listed = [record for answer in pages(f"{address}/at/2025-10-23/api/models") for record in answer.json()]
    both = [
        one
        for one in listed
        if (one.get("pipeline_tag"), one.get("library_name")) == ("text-generation", "transformers")
    ]
    assert (whole.json()["numTotalItems"], part.json()["numTotalItems"]) == (len(listed), len(both))
    assert (len(part.json()["models"]), part.json()["numItemsPerPage"], part.json()["pageIndex"]) == (30, 30, 0)
    assert parse_ratelimit_headers(part.headers).resource_type == "pages"
    assert "numTotalItems" not in ask("").json()
    assert ask("withCount=true&other=endpoints_compatible").status_code == 400


def test_the_trending_score_comes_unasked_only_with_its_own_order(address):
    assert "trendingScore" in CLIENT.get(f"{address}/api/models?limit=1").json()[0]
    assert "trendingScore" not in CLIENT.get(f"{address}/api/models?limit=1&sort=likes").json()[0]


def test_a_repository_created_later_is_not_there_yet_and_what_stays_keeps_its_creation(address):
    def created(day):
        url = f"{address}/at/{day}/api/models?sort=createdAt&expand=createdAt"
        return {record["_id"]: record["createdAt"] for answer in pages(url) for record in answer.json()}

    before, after = created("2025-06-01"), created("2025-12-01")
    assert all(after[key] == moment_ for key, moment_ in before.items() if key in after)
    assert 0 < len(before.keys() - after.keys()) < 0.1 * len(before)
    assert min(after[key] for key in after.keys() - before.keys()) > "2025-06-01"


def test_a_used_up_budget_is_refused_with_429_and_the_seconds_to_wait(world):
    with serve(world, budget=2) as address:
        answers = [CLIENT.get(f"{address}/api/models?limit=1") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    stated = parse_ratelimit_headers(answers[-1].headers)
    assert (stated.remaining, stated.limit) == (0, 2)
    assert 290 <= stated.reset_in_seconds <= 300


def test_a_fault_strikes_the_requests_it_names_and_no_other(world):
    faults = [
        Fault("error", "/api/models", first=2, times=2, status=502),
        Fault("html", "/api/datasets"),
        Fault("expired_cursor", "cursor="),
    ]
    with serve(world, faults=faults) as address:
        statuses = [CLIENT.get(f"{address}/api/models?limit=1").status_code for _ in range(4)]
        page = CLIENT.get(f"{address}/api/datasets")
        expired = CLIENT.get(f"{address}/api/spaces?cursor=x")
    assert statuses == [200, 502, 502, 200]
    assert page.status_code == 200 and page.headers["Content-Type"].startswith("text/html")
    assert expired.status_code == 400 and "cursor" in expired.json()["error"]


def test_a_cut_answer_ends_before_its_stated_length(world):
    with serve(world, faults=[Fault("cut")]) as address:
        with pytest.raises(httpx2.RemoteProtocolError):
            CLIENT.get(f"{address}/api/models")
        assert CLIENT.get(f"{address}/api/models").status_code == 200


def test_a_slow_answer_comes_late_and_a_rate_limit_ends(world):
    with serve(
        world, faults=[Fault("slow", "spaces", seconds=0.3), Fault("rate_limit", "models", seconds=0.2)]
    ) as address:
        with pytest.raises(httpx2.ReadTimeout):
            CLIENT.get(f"{address}/api/spaces?limit=1", timeout=0.1)
        refused = [CLIENT.get(f"{address}/api/models?limit=1").status_code for _ in range(2)]
        time.sleep(0.25)
        assert CLIENT.get(f"{address}/api/models?limit=1").status_code == 200
    assert refused == [429, 429]


def test_the_servers_run_in_a_process_of_their_own_and_end_with_the_block():
    with serve_apart(models=1_000, until=date(2026, 9, 1)) as address:
        apart = CLIENT.get(f"{address}/at/2025-10-23/api/models?sort=downloads&limit=5").content
    with serve(Ecosystem(models=1_000, until=date(2026, 9, 1))) as here:
        assert CLIENT.get(f"{here}/at/2025-10-23/api/models?sort=downloads&limit=5").content == apart
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(address)
