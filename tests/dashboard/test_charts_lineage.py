"""Charts of lineage: relations in their colours, shares of all models, bases by what was made from them."""

import pytest

from dashboard import figures
from dashboard.choices import Choices
from dashboard.figures.facts import NothingToShow, title_lines
from dashboard.say import Say
from tests.warehouse.marts import MODELS, built, model
from warehouse.read import open_current

SAY = Say("en")
BASE = "Qwen/Qwen3-8B"


def _made_from(key: str, relation: str, base: str = BASE, **fields):
    return model(key, tags=[f"base_model:{base}", f"base_model:{relation}:{base}"], **fields)


@pytest.fixture
def family(home):
    built(
        home,
        {
            MODELS: [
                model("base", id=BASE, createdAt="2025-06-01T00:00:00.000Z"),
                _made_from("f", "finetune", createdAt="2025-06-03T00:00:00.000Z"),
                _made_from("q", "quantized", createdAt="2025-07-03T00:00:00.000Z"),
                model("alone"),
            ]
        },
    )
    return open_current(home)


def test_the_title_says_which_share_of_all_models_states_a_base(family):
    facts = figures.lineage.STATED.read(family, Choices())
    assert title_lines(figures.lineage.STATED, facts, SAY, Choices())[0] == "50.0% of models state a base (2 of 4)"
    assert (facts.shown, facts.undeclared, facts.total) == (2, 2, 4)


def test_a_legend_names_only_relations_that_occur(family):
    facts = figures.lineage.BY_MONTH.read(family, Choices())
    spec = figures.lineage.BY_MONTH.draw(facts, SAY, Choices()).to_dict()
    assert spec["encoding"]["color"]["scale"]["domain"] == ["fine-tune", "quantisation"]


def test_a_base_has_its_derivatives_by_relation_and_the_days_to_the_first(family):
    frame = figures.lineage.BASES.read(family, Choices()).frame
    assert frame[["base_id", "relation", "derivative_count"]].to_numpy().tolist() == [
        [BASE, "finetune", 1],
        [BASE, "quantized", 1],
    ]
    assert frame["days_to_first_derivative"].min() == 2


def test_one_family_can_be_looked_at_alone(family):
    only = figures.lineage.BY_MONTH.read(family, Choices(extras=(("family", "qwen"),)))
    assert only.values["family"] == "Qwen" and only.values["n"] == 2
    with pytest.raises(NothingToShow):
        figures.lineage.BY_MONTH.read(family, Choices(extras=(("family", "bert"),)))


def test_where_no_model_states_a_base_there_is_a_reason(home):
    built(home, {MODELS: [model("a")]})
    for figure in figures.lineage.FIGURES:
        with pytest.raises(NothingToShow, match="empty"):
            figure.read(open_current(home), Choices())
