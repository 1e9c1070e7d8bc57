"""Lesson 3: families by task, and the use of families and tools."""

import pytest

from dashboard.captions import nothing
from dashboard.choices import Choices
from dashboard.figures.facts import NothingToShow
from dashboard.lessons.models_and_tools import FAMILIES, LESSON, NAMED, TASKS
from dashboard.say import LANGUAGES, Say
from tests.warehouse.marts import MODELS, built, model
from warehouse.landing.run import Series
from warehouse.read import open_current

SAY = Say("en")
PYPI = Series("pypi_downloads")


def _family(count: int, name: str, downloads: int = 1, **fields) -> list[dict]:
    return [model(f"{name}{number}", downloads, id=f"a/{name}-{number}", **fields) for number in range(count)]


def _small(home, *, berts: int = 3, bert_downloads: int = 10):
    built(
        home,
        {
            MODELS: [
                *_family(5, "qwen", 1, pipeline_tag="text-generation", library_name="transformers"),
                *_family(berts, "bert", bert_downloads, pipeline_tag="fill-mask"),
                *_family(1, "gpt2", None),
                model("else", pipeline_tag="translation"),
                model("made", tags=["base_model:a/bert-0", "base_model:finetune:a/bert-0"]),
            ],
            PYPI: {
                "package": "openai",
                "data": [
                    {"category": "without_mirrors", "date": f"2025-06-{day:02}", "downloads": 100}
                    for day in range(1, 31)
                ],
            },
        },
    )
    return open_current(home)


def _cells(facts) -> dict[tuple[str, str], int]:
    spec = LESSON.figure.draw(facts, SAY, Choices()).to_dict()
    rows = next(iter(spec["datasets"].values()))
    return {(row["family"], row["task"]): row["repository_count"] for row in rows}


def _table(facts) -> dict[str, list[str]]:
    laid = LESSON.table.lay(facts, SAY)
    return {row[0]: list(row[1:]) for row in laid.itertuples(index=False)}


def test_a_cell_counts_the_models_of_a_family_and_task(home):
    facts = LESSON.figure.read(_small(home), Choices())
    assert _cells(facts) == {("Qwen", "Text Generation"): 5, ("BERT", "Fill-Mask"): 3}


def test_models_without_a_task_have_no_cell_and_are_said_to_be_left_out(home):
    facts = LESSON.figure.read(_small(home), Choices())
    assert (facts.values["without"], facts.values["of"]) == (1, 9)  # made from BERT, without a task
    assert (facts.shown, facts.total) == (8, 11)  # what stands in a cell


def test_the_families_of_the_course_are_drawn_even_where_others_are_larger(demo_home):
    facts = LESSON.figure.read(open_current(demo_home), Choices())
    cells = _cells(facts)
    named = set(facts.frame[facts.frame["family_id"].isin(NAMED)]["family"])
    assert named <= {family for family, _ in cells}
    assert len({family for family, _ in cells}) <= FAMILIES
    assert len({task for _, task in cells}) <= TASKS


@pytest.mark.parametrize(
    ("downloads", "said"), [(10, "per model, BERT is downloaded most"), (0, "and also most downloads for each of them")]
)
def test_the_sentence_follows_the_downloads(home, downloads, said):
    facts = LESSON.figure.read(_small(home, bert_downloads=downloads), Choices())
    assert "Qwen has most models of the families drawn, 5" in LESSON.see(facts, SAY)
    assert said in LESSON.see(facts, SAY)


def test_without_download_counters_the_sentence_speaks_of_numbers_only(home):
    built(home, {MODELS: _family(2, "t5", None, pipeline_tag="translation")})
    facts = LESSON.figure.read(open_current(home), Choices())
    assert LESSON.see(facts, SAY) == "T5 has most models of the families drawn: 2."


@pytest.mark.parametrize(("berts", "order"), [(3, ["Qwen", "BERT", "GPT-2"]), (6, ["BERT", "Qwen", "GPT-2"])])
def test_the_order_to_guess_is_that_of_the_data(home, berts, order):
    facts = LESSON.figure.read(_small(home, berts=berts), Choices())
    assert LESSON.guess.labels(facts, SAY) == order


def test_the_table_says_what_was_counted_what_is_unknown_and_what_does_not_apply(home):
    table = _table(LESSON.table.read(_small(home), Choices()))
    assert table["BERT"] == ["4 (36.4%)", "30", "300", "1", "–"]
    assert table["GPT-2"] == ["1 (9.1%)", "not known", "not known", "0", "–"]
    assert table["Transformers (library)"] == ["5 (45.5%)", "5", "50", "–", "not known"]
    assert table["openai (client of the OpenAI API)"] == ["–", "–", "–", "–", "3k"]
    assert "T5" not in table


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("models", [[model("else")], _family(2, "bert")])
def test_without_families_or_tasks_there_is_a_reason(home, models, language):
    built(home, {MODELS: models})
    with pytest.raises(NothingToShow) as missing:
        LESSON.figure.read(open_current(home), Choices())
    assert nothing(Say(language), missing.value)
