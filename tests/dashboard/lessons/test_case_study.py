"""Lesson 12: one family, whichever the reader chooses."""

import pytest

from dashboard.captions import nothing
from dashboard.charts import family_case as charts
from dashboard.choices import Choices
from dashboard.figures.facts import NothingToShow
from dashboard.lessons.case_study import FAMILY, LESSON
from dashboard.say import LANGUAGES, Say
from tests.warehouse.marts import MODELS, copied, model
from warehouse.read import open_current

SAY = Say("en")


def _bert(key: str, downloads: int | None = 1, licence: str | None = None, **fields) -> dict:
    tags = [f"license:{licence}"] if licence else []
    return model(key, downloads, **({"id": f"a/{key}-bert", "tags": tags} | fields))


def _made_from_bert(key: str, relation: str) -> dict:
    return model(key, 1, tags=["base_model:a/one-bert", f"base_model:{relation}:a/one-bert", "license:mit"])


def _history(home, *runs: list[dict]):
    copied(home, *({MODELS: [*run, model("else", 1)]} for run in runs))
    return open_current(home)


def _family(name: str) -> Choices:
    return Choices.from_address({"family": name}, (FAMILY,))


def _record(warehouse, choices: Choices | None = None) -> dict[str, str]:
    laid = LESSON.table.lay(LESSON.table.read(warehouse, choices or Choices()), SAY)
    return dict(laid.itertuples(index=False, name=None))


def _points(facts) -> list[dict]:
    spec = LESSON.figure.draw(facts, SAY, Choices()).to_dict()
    line = next((layer for layer in spec["layer"] if layer["mark"]["type"] == "line"), None)
    return spec["datasets"][line["data"]["name"]] if line else []


def _bars(facts, view: int) -> dict[str, int]:
    spec = LESSON.figure.draw(facts, SAY, Choices()).to_dict()
    rows = [row for data in spec["datasets"].values() for row in data if row.get("view") == view]
    return {row["label"]: row["count"] for row in rows}


def test_without_a_choice_the_family_is_bert(demo_home):
    facts = LESSON.figure.read(open_current(demo_home), Choices())
    assert facts.values["family"] == "BERT"
    assert (
        LESSON.figure.draw(facts, SAY, Choices()).to_dict()["description"].startswith("Four views of the family BERT")
    )


def test_every_family_of_the_demo_draws_and_has_a_record(demo_home):
    warehouse = open_current(demo_home)
    snapshot = warehouse.snapshot("model")
    at = {"kind": "model", "coverage": snapshot.coverage, "snapshot_at": snapshot.snapshot_at}
    families = warehouse.query("lesson_case_families", **at)
    assert len(families) > 20
    for family, count in zip(families["family_id"], families["repository_count"], strict=True):
        facts = LESSON.figure.read(warehouse, _family(family))
        assert facts.shown == count
        assert LESSON.see(facts, SAY)
        assert LESSON.figure.draw(facts, SAY, Choices()).to_dict()
        assert len(_record(warehouse, _family(family))) == 11


def test_nothing_is_drawn_outside_the_picture(demo_home):
    facts = LESSON.figure.read(open_current(demo_home), Choices())
    spec = LESSON.figure.draw(facts, SAY, Choices()).to_dict()
    rows = [row for data in spec["datasets"].values() for row in data]
    assert all(0 <= row["x"] <= 1 and 0 <= row["y"] <= charts.HEIGHT for row in rows)


def test_the_sentence_follows_the_downloads_and_the_derivatives(home):
    first = [_bert("one", 1_000)]
    last = [_bert("one", 3_000), _made_from_bert("a", "adapter"), _made_from_bert("q", "quantized")]
    facts = LESSON.figure.read(_history(home, first, [*last, _made_from_bert("b", "adapter")]), Choices())
    said = LESSON.see(facts, SAY)
    assert "was downloaded 1k times in 30 days in Mar 2026 and 3k times" in said
    assert "3 models state that they are made from BERT, most often by adapter (66.7%)" in said


def test_one_snapshot_is_no_development(home):
    facts = LESSON.figure.read(_history(home, [_bert("one")]), Choices())
    assert LESSON.see(facts, SAY) == "None of its 1 models states that it is made from BERT."


def test_while_the_family_was_not_listed_the_line_is_interrupted(home):
    stays = [model(f"s{number}") for number in range(4)]
    runs = [[_bert("one", 5), *stays], stays, [_bert("one", 7), *stays], [_bert("one", 8), *stays]]
    facts = LESSON.figure.read(_history(home, *runs), Choices())
    points = _points(facts)
    assert [row["downloads_30d"] for row in points] == [5, 7, 8]
    assert points[0]["segment"] != points[1]["segment"] == points[2]["segment"]


def test_without_counted_downloads_there_is_no_line_and_a_word_instead(home):
    facts = LESSON.figure.read(_history(home, [_bert("one", None)]), Choices())
    assert _points(facts) == []
    spec = LESSON.figure.draw(facts, SAY, Choices()).to_dict()
    assert any(row.get("words") == "nothing known" for data in spec["datasets"].values() for row in data)


def test_the_tail_of_licences_stands_together_and_what_is_not_stated_apart(home):
    licences = ["mit", "mit", "apache-2.0", "gpl-3.0", "cc-by-4.0", "openrail", "other", None]
    run = [_bert(f"m{number}", licence=licence) for number, licence in enumerate(licences)]
    facts = LESSON.figure.read(_history(home, run), Choices())
    shown = _bars(facts, 3)
    assert shown["mit"] == 2
    assert shown["other (2 more)"] == 2
    assert shown["not declared"] == 1
    assert LESSON.guess.value(facts) == 1 / 8


def test_the_record_counts_changes_of_licence_and_what_was_made(home):
    derived = [_made_from_bert("f", "finetune"), _made_from_bert("a", "adapter")]
    warehouse = _history(
        home, [_bert("one", licence="mit"), *derived], [_bert("one", licence="cc-by-nc-4.0"), *derived]
    )
    record = _record(warehouse)
    assert record["Changes of licence"].startswith("1 seen within 2 snapshots")
    assert record["Descendants"] == "2: 1 fine-tunes, 1 adapters, 0 quantisations, 0 merges"
    assert record["Licences"].startswith("100.0% state one; most often mit (66.7%), 2 in all")
    assert record["Release"] == "Google, Oct 2018"


def test_what_went_well_is_what_stands_above_all_models_and_hard_what_stands_below(home):
    warehouse = _history(
        home,
        [
            _bert("one", 100, licence="mit"),
            *(model(f"t{number}", 1, pipeline_tag="translation") for number in range(3)),
        ],
    )
    record = _record(warehouse)
    assert "permissive licence: 100.0% (all models 20.0%)" in record["What went well"]
    assert record["What was hard"] == "task stated: 0.0% (all models 60.0%)"


def test_a_family_as_good_as_all_models_has_nothing_to_boast_of(home):
    copied(home, {MODELS: [_bert("one"), _bert("two")]})
    record = _record(open_current(home))
    assert record["What went well"] == record["What was hard"] == "No measure stands out on this side"


def test_the_wait_for_a_derivative_is_unknown_where_the_base_is_older_than_the_calendar(home):
    old = _bert("one", createdAt="2022-03-02T23:29:04.000Z")
    record = _record(_history(home, [old, _made_from_bert("a", "adapter")]))
    assert record["First derivative"] == "not known"
    assert "on or before 2 Mar 2022" in record["On the Hub"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["qwen", "other", "<script>", "' or 1=1 --"])
@pytest.mark.parametrize("shown", [LESSON.figure, LESSON.table])
def test_a_family_without_models_is_told_with_the_remedy(home, language, name, shown):
    copied(home, {MODELS: [_bert("one"), model("else")]})
    with pytest.raises(NothingToShow) as missing:
        shown.read(open_current(home), _family(name))
    assert "hubscope collect" in nothing(Say(language), missing.value)
