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
