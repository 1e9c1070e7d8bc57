"""A list narrowed down by task, language, family and author: in the address, in the title, and in nothing but the newest snapshot."""

import pytest

from dashboard.choices import Choices
from dashboard.figures import downloads, licences, lineage, task_licences
from dashboard.figures.facts import NothingToShow, title_of
from dashboard.say import Say
from tests.dashboard.pages import address, run
from tests.warehouse.marts import MODELS, built, model
from tests.warehouse.steps import at
from warehouse.read import open_current


def _models(licence="apache-2.0"):
    return [
        model("a", 50, id="Qwen/Qwen3-8B", author="Qwen", pipeline_tag="text-generation", tags=["license:mit", "zh"]),
        model("b", 30, id="x/b", author="x", pipeline_tag="text-generation", tags=[f"license:{licence}", "de"]),
        model("c", 20, id="x/c", author="x", pipeline_tag="fill-mask", tags=["license:mit"]),
        model("d", 9, id="x/d", author="x", tags=["base_model:Qwen/Qwen3-8B", "base_model:adapter:Qwen/Qwen3-8B"]),
        model("e", 8, id="y/e", author="y", tags=["base_model:Qwen/Qwen3-8B", "base_model:quantized:Qwen/Qwen3-8B"]),
    ]


@pytest.fixture
def warehouse(home):
    built(home, {MODELS: _models("cc-by-nc-4.0")}, {MODELS: _models()})
    return open_current(home)


def _chosen(**wanted):
    return Choices(extras=tuple(wanted.items()))


def test_licences_are_of_what_the_list_was_narrowed_down_to_and_the_title_says_so(warehouse):
    choices = _chosen(task="text-generation", author="x")
    facts = licences.MIX.read(warehouse, choices)
    assert facts.frame[["licence_id", "repository_count"]].values.tolist() == [["apache-2.0", 1]]
    assert "Text Generation, x" in Say("en").write(title_of(licences.MIX, facts, choices))
    assert licences.CLASSES.read(warehouse, _chosen(task="text-generation")).frame["value"].sum() == 2


def test_what_leads_and_what_moved_can_be_narrowed_down(warehouse):
    assert downloads.TOP.read(warehouse, _chosen(author="x")).frame["id"].tolist() == ["x/b", "x/c", "x/d"]
    with pytest.raises(NothingToShow, match="none_so_narrow"):
        downloads.TOP.read(warehouse, _chosen(author="x", family="qwen", task="fill-mask"))


def test_an_older_snapshot_cannot_be_narrowed_down_and_says_why(warehouse):
    with pytest.raises(NothingToShow, match="narrowed_needs_newest"):
        licences.MIX.read(warehouse, Choices(as_of=at(1), extras=(("task", "fill-mask"),)))


def test_the_licences_of_one_task_are_told_over_time(warehouse):
    frame = task_licences.BY_TASK.read(warehouse, Choices()).frame
    classes = frame.groupby("snapshot_at")["licence_class"].agg(set).tolist()
    assert classes == [{"permissive", "noncommercial"}, {"permissive"}]
    assert frame.groupby("snapshot_at")["share"].sum().tolist() == [1, 1]


def test_whoever_makes_the_derivatives_of_a_family_is_named(warehouse):
    facts = lineage.MAKERS.read(warehouse, _chosen(family="qwen"))
    rows = facts.frame[["author", "derivative_count", "adapter_count", "quantized_count"]].values.tolist()
    assert rows == [["x", 1, 1, 0], ["y", 1, 0, 1]]
    assert (facts.values["n"], facts.values["authors"]) == (2, 2)


def test_derivatives_can_be_narrowed_down_by_who_made_them(warehouse):
    facts = lineage.BASES.read(warehouse, _chosen(author="x"))
    assert facts.frame[["base_id", "relation", "derivative_count"]].values.tolist() == [["Qwen/Qwen3-8B", "adapter", 1]]
    assert "(x)" in Say("en").write(title_of(lineage.BASES, facts, _chosen(author="x")))
    assert lineage.BY_MONTH.read(warehouse, _chosen(author="y", family="qwen")).frame["relation"].tolist() == [
        "quantized"
    ]
    with pytest.raises(NothingToShow, match="none_so_narrow"):
        lineage.BASES.read(warehouse, _chosen(task="fill-mask"))


def test_what_narrows_a_list_down_stands_in_the_address(warehouse, home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(home.path))
    shown = run("downloads", lang="en", author="x", task="text-generation")
    assert not shown.exception
    assert {name: address(shown)[name] for name in ("author", "task")} == {"author": "x", "task": "text-generation"}


def test_of_one_snapshot_nothing_moved_however_narrow_the_list(home):
    built(home, {MODELS: _models()})
    with pytest.raises(NothingToShow, match="no_movers"):
        downloads.MOVERS.read(open_current(home), _chosen(author="x"))
