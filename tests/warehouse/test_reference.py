"""Reference tables: facts that cannot be measured, each with its source."""

import csv
import re
from datetime import date

import pytest

from warehouse.marts.reference import TABLES
from warehouse.marts.reference import rows as table

CLASSES = {
    "permissive",
    "copyleft",
    "public_domain",
    "rail",
    "community",
    "noncommercial",
    "restricted",
    "other",
    "undeclared",
    "unknown",
}
SOURCED = ("licence_classes", "milestones", "model_families", "openai_families", "hub_totals")


@pytest.mark.parametrize("path", TABLES.values(), ids=lambda path: path.stem)
def test_a_reference_table_is_rectangular_trimmed_and_has_no_row_twice(path):
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert all(len(row) == len(header) for row in rows)
    assert all(value == value.strip() for row in rows for value in row)
    assert len({tuple(row) for row in rows}) == len(rows)


@pytest.mark.parametrize("name", SOURCED)
def test_every_fact_has_a_source(name):
    column = "source_url" if name == "milestones" else "source"
    assert all(row[column] for row in table(name))


def test_every_licence_has_a_class_we_know_and_osi_approval_is_never_guessed():
    rows = table("licence_classes")
    assert {row["licence_class"] for row in rows} == CLASSES
    assert all(
        row["licence_class"] in ("permissive", "copyleft", "public_domain") for row in rows if row["is_osi"] == "true"
    )
    assert {row["licence_id"] for row in rows} >= {
        "apache-2.0",
        "undeclared",
        "unknown-to-listing",
        "multiple",
        "other",
        "unknown",
    }


def test_milestones_are_dated_in_order_and_told_in_both_languages():
    rows = table("milestones")
    dates = [date.fromisoformat(row["milestone_date"]) for row in rows]
    assert dates == sorted(dates)
    assert {row["date_precision"] for row in rows} <= {"day", "month", "year"}
    assert all(row["title_en"] and row["title_zh"] for row in rows)
    assert {
        (row["date_precision"], day.day) for row, day in zip(rows, dates, strict=True) if row["date_precision"] != "day"
    } <= {("month", 1), ("year", 1)}


def test_milestones_families_and_models_agree_about_when_each_came():
    families = {row["family_id"]: row["first_release"] for row in table("model_families")}
    models = {row["model_id"]: row["released_date"] for row in table("openai_releases")}
    rows = table("milestones")
    assert len({row["milestone_id"] for row in rows}) == len(rows)
    for row in rows:
        if row["family_id"]:
            assert families[row["family_id"]] <= row["milestone_date"][:7], row
        if row["model_id"]:
            assert models[row["model_id"]] == row["milestone_date"], row
    told = {row["milestone_id"]: row["milestone_date"] for row in rows}
    assert told["transformers-begins"] < told["hub-opens"] < told["hub-git"] < told["spaces"]
    assert {"hub-pivot", "inference-api", "gradio", "openai-api", "gpt-4"} <= told.keys()


def family_of(name):
    matches = (
        row["family_id"] for row in table("model_families") if re.search(row["id_pattern"], name.split("/")[-1].lower())
    )
    return next(matches, None)


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("google-bert/bert-base-uncased", "bert"),
        ("FacebookAI/xlm-roberta-base", "roberta"),
        ("distilbert/distilbert-base-cased", "distilbert"),
        ("sentence-transformers/all-MiniLM-L6-v2", "minilm"),
        ("openai-community/gpt2", "gpt2"),
        ("openai/gpt-oss-20b", "gpt-oss"),
        ("google-t5/t5-small", "t5"),
        ("google/flan-t5-xl", "t5"),
        ("meta-llama/Llama-3.1-8B", "llama"),
        ("TinyLlama/TinyLlama-1.1B", "llama"),
        ("someone/ollama-tools", None),
        ("Qwen/Qwen2.5-7B-Instruct-GGUF", "qwen"),
        ("mistralai/Mixtral-8x7B-v0.1", "mistral"),
        ("google/gemma-2b", "gemma"),
        ("deepseek-ai/DeepSeek-R1", "deepseek"),
        ("microsoft/phi-2", "phi"),
        ("x/philosophy", None),
        ("tiiuae/falcon-7b", "falcon"),
        ("bigscience/bloom-560m", "bloom"),
        ("bigscience/bloomz", "bloom"),
        ("x/bloomberg", None),
        ("stabilityai/stable-diffusion-xl-base-1.0", "stable-diffusion"),
        ("black-forest-labs/FLUX.1-dev", "flux"),
        ("openai/whisper-large-v3", "whisper"),
        ("openai/clip-vit-base-patch32", "clip"),
        ("google/vit-base-patch16-224", "vit"),
        ("facebook/wav2vec2-base-960h", "wav2vec2"),
        ("facebook/bart-large-cnn", "bart"),
        ("x/bartender", None),
        ("facebook/opt-125m", "opt"),
        ("Helsinki-NLP/opus-mt-en-zh", "opus-mt"),
        ("BAAI/bge-m3", "bge"),
        ("THUDM/chatglm-6b", "glm"),
        ("my/model", None),
    ],
)
def test_a_name_belongs_to_its_family(name, family):
    assert family_of(name) == family


def test_tasks_and_languages_have_labels_in_both_languages():
    for row in table("tasks") + table("languages"):
        assert row["label_en"], row
        assert row["label_zh"], row
    assert len(table("languages")) > 180


def test_published_totals_are_dated_and_say_how_exact_they_are():
    rows = table("hub_totals")
    assert {row["kind"] for row in rows} == {"model", "dataset", "space"}
    assert {row["bound"] for row in rows} == {"counted", "more than", "about", "reported"}
    assert all(
        date.fromisoformat(row["total_date"]) >= date(2022, 2, 15) and int(row["repository_count"]) > 0 for row in rows
    )


def test_tasks_that_openai_serves_are_tasks_of_the_hub():
    assert {row["task_id"] for row in table("task_modalities")} <= {row["task_id"] for row in table("tasks")}
