"""A model of the catalogue counts once, whatever its providers call it; its maker says whether its weights are open."""

from datetime import datetime

from tests.warehouse.marts import CATALOGUE, built, rows
from warehouse.read import open_current

AS_OF = datetime(2026, 3, 31)


def offers(*told):
    """A catalogue of offers: (provider, model id, name, whether its weights are open, further fields)."""
    providers = {}
    for provider, model_id, name, is_open, *more in told:
        entry = {"id": model_id, "name": name, "open_weights": is_open, "release_date": "2025-08-05"}
        entry |= {"limit": {"context": 1_000}, "modalities": {"input": ["text"], "output": ["text"]}}
        models = providers.setdefault(provider, {"id": provider, "name": provider, "models": {}})["models"]
        models[model_id] = entry | (more[0] if more else {})
    return providers


def sides(home, as_of=AS_OF):
    drawn = open_current(home).query("releases_by_openness", as_of=as_of)
    return {row["openness"]: row["model_count"] for row in drawn.to_dict("records")}


def scored(score):
    return {"benchmarks": [{"name": "SWE", "score": score, "metric": "resolved", "source": "https://example.org"}]}


def test_spellings_of_a_name_are_one_model_and_the_maker_or_the_majority_says_if_it_is_open(home):
    told = [
        ("p1", "spelling", "GPT OSS 120B", True, scored(70)),
        ("p2", "spelling", "gpt-oss-120b", True),
        ("p3", "spelling", "GPT-OSS-120B", False, scored(75)),
        ("openai", "prefixed", "gpt-oss-20b", True),
        ("p2", "openai/prefixed", "GPT OSS 20B", False),
        ("p3", "openai/prefixed:free", "OpenAI: GPT OSS 20B (free)", False),
        ("mistral", "against", "Mistral Medium 3", False, scored(80)),
        ("p2", "mistralai/against", "Mistral Medium 3", True),
        ("p3", "mistralai/against", "mistral-medium-3", True),
        ("p1", "r", "Command R", True),
        ("p1", "r-plus", "Command R+", False),
        ("p1", "point", "GPT-4.1", False),
        ("p1", "no-point", "GPT-41", False),
        ("p1", "script", "通义千问 3", True),
        ("p2", "script", "通义千问-3", True),
        ("p1", "tie", "Even", True),
        ("p2", "tie", "even", False),
    ]
    built(home, {CATALOGUE: offers(*told)})
    verdicts = dict(rows(home, "select model_key, is_open_weights from catalogue_models"))
    assert verdicts == {
        "gptoss120b": True,
        "gptoss20b": True,
        "mistralmedium3": False,
        "commandr": True,
        "commandr+": False,
        "gpt4.1": False,
        "gpt41": False,
        "通义千问3": True,
        "even": False,
    }
    assert sides(home) == {"open": 4, "closed": 5}
    assert len(open_current(home).query("context_windows", as_of=AS_OF)) == len(verdicts)
    scores = open_current(home).query("lesson_side_by_side_figure", snapshot_at=AS_OF).to_dict("records")
    assert [(row["side"], row["score"]) for row in scores] == [("closed", 80), ("open", 75)]


def test_a_verdict_is_the_one_of_its_time(home):
    resellers = [("p1", "m", "M", False), ("p2", "x/m", "M", False)]
    built(home, {CATALOGUE: offers(*resellers)}, {CATALOGUE: offers(*resellers, ("x", "m", "M", True))})
    assert sides(home, datetime(2026, 3, 1, 23)) == {"closed": 1}
    assert sides(home, datetime(2026, 3, 2, 23)) == {"open": 1}


def test_a_release_to_come_is_not_drawn_and_our_own_reference_dates_a_model_before_the_catalogue(home):
    ahead = ("p1", "n", "N", True, {"release_date": "2026-08-01"})
    misdated = ("openai", "gpt-4", "GPT-4", False, {"release_date": "2023-11-06"})
    built(home, {CATALOGUE: offers(ahead, misdated)})
    assert sides(home) == {"closed": 1}
    drawn = open_current(home).query("context_windows", as_of=AS_OF).to_dict("records")
    assert [(row["name"], f"{row['release_date']:%Y-%m-%d}") for row in drawn] == [("GPT-4", "2023-03-14")]
    assert rows(home, "select sum(model_count) from catalogue_releases") == [(1,)]


def test_the_cheapest_model_that_reaches_a_score_is_found_on_each_side_over_time(home):
    def told(name, is_open, released, score, usd, provider="p1"):
        fields = scored(score) | {"release_date": released, "cost": {"input": usd, "output": 2 * usd}}
        return (provider, name, name, is_open, fields)

    listed = offers(
        told("dear", False, "2025-01-01", 75, 10),
        told("cheap", False, "2025-06-01", 80, 2),
        told("later and dearer", False, "2025-07-01", 90, 4),
        told("weak", False, "2025-02-01", 60, 1),
        told("open", True, "2025-08-01", 75, 1),
        told("open", True, "2025-08-01", 75, 0.5, "p2"),
        told("to come", True, "2026-08-01", 99, 0.1),
    )
    built(home, {CATALOGUE: listed})
    warehouse = open_current(home)
    found = warehouse.query("cheapest_at_score", benchmark="SWE", score=75, snapshot_at=AS_OF).to_dict("records")
    assert [(row["name"], row["cheapest_usd_per_mtok"], row["is_cheapest"]) for row in found] == [
        ("dear", 12.5, True),
        ("cheap", 2.5, True),
        ("later and dearer", 2.5, False),
        ("open", 0.625, True),
    ]
    told_by_documents = warehouse.query("openai_releases", snapshot_at=AS_OF).set_index("model_id")
    assert told_by_documents.loc["text-davinci-003", "lived_days"] == 402
    assert told_by_documents.loc["gpt-4-32k", "replacement"] == "gpt-4o"
    assert not told_by_documents.loc["gpt-4", "is_shut_down"]
    assert "gpt-6-astra" not in told_by_documents.index  # released after the moment that is asked for
    flagships = warehouse.query("flagship_prices", snapshot_at=AS_OF)
    assert flagships["input_usd_per_mtok"].tolist()[:6] == [60, 60, 60, 20, 2, 30]
    assert flagships["model_id"].iloc[-1] == "gpt-5.4"
