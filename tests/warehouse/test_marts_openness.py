"""Openness beyond the licence: an index's criteria, a framework's classes, verdicts, and what licences permit and demand."""

from collections import Counter

import pytest

from tests.warehouse.marts import MODELS, built, model, rows
from warehouse.marts import reference
from warehouse.marts.reference import rows as table
from warehouse.read import open_current

OPEN = (
    "Model architecture",
    "Model parameters (Final)",
    "Technical report",
    "Evaluation results",
    "Model card",
    "Data card",
)
TOOLING = ("Training code", "Inference code", "Evaluation code", "Evaluation data")
SCIENCE = ("Data preprocessing code", "Datasets", "Model parameters (Intermediate)", "Research paper")


def components(name, parts, licence="Apache-2.0"):
    return [f"{name},Somebody,,{part},{licence},https://example.org,2026-01-01" for part in parts]


def test_a_model_has_the_class_of_which_it_has_every_component_openly_licensed(home, monkeypatch, tmp_path):
    path = tmp_path / "framework_components.csv"
    told = [
        *components("science", [*OPEN, *TOOLING, *SCIENCE]),
        *components("tooling", [*OPEN, *TOOLING]),
        *components("open", OPEN),
        *components("paper in place of a report", [*OPEN[:2], "Research paper", *OPEN[3:]], "CC-BY-4.0"),
        *components("weights alone", OPEN[:2]),
        *components("closed card", [part for part in OPEN if part != "Model card"]),
        *components("closed card", ["Model card"], "unlicensed"),
        *components("inherited", OPEN[:-1]),
        *components("inherited", ["Data card"], ""),
        *components("restricted", OPEN[1:]),
        *components("restricted", OPEN[:1], "Llama 2 Community License"),
    ]
    header = "model,producer,hub_repository,component,licence,source_url,source_date"
    path.write_text("\n".join([header, *told]), encoding="utf-8")
    monkeypatch.setitem(reference.TABLES, "framework_components", path)
    built(home, {MODELS: [model("m")]})
    assert dict(rows(home, "select model, openness_class from openness_classes")) == {
        "science": 1,
        "tooling": 2,
        "open": 3,
        "paper in place of a report": 3,
        "weights alone": 0,
        "closed card": 0,
        "inherited": None,
        "restricted": 0,
    }
    warehouse = open_current(home)
    assert warehouse.query("openness_classes")["model_count"].sum() == 8
    assert (warehouse.query("openness_by_family")["criterion_count"] % 12 == 0).all()
    for name in ("hardware", "hardware_memory", "licence_rules", "osi_verdicts", "transparency_index"):
        assert len(warehouse.query(name)) > 2, name
    assert rows(home, "select distinct open_count + partial_count + closed_count from openness_systems") == [(12,)]
    assert dict(
        rows(home, "select end_model, family_id from openness_systems where system in ('Amber', 'BLOOMZ')")
    ) == {
        "AmberSafe": None,
        "BLOOMZ-P3": "bloom",
    }


def test_the_index_scores_each_system_on_twelve_criteria():
    criteria = list(table("openness_index")[0])[8:-2]
    assert len(criteria) == 12
    assert {row[name] for row in table("openness_index") for name in criteria} == {"open", "partial", "closed"}


def test_each_edition_of_the_transparency_index_has_a_hundred_indicators():
    rows_of = table("transparency_index")
    assert Counter(row["edition"] for row in rows_of) == {"2023-10": 10, "2024-05": 14, "2025-12": 13}
    assert {row["indicator_count"] for row in rows_of} == {"100"}
    best = {row["edition"]: row for row in sorted(rows_of, key=lambda row: int(row["indicators_met"]))}
    assert {edition: (row["firm"], row["indicators_met"]) for edition, row in best.items()} == {
        "2023-10": ("Meta", "54"),
        "2024-05": ("BigCode", "85"),
        "2025-12": ("IBM", "95"),
    }


@pytest.mark.parametrize(
    ("licence", "permitted", "demanded", "left_out"),
    [
        ("apache-2.0", "commercial-use", "document-changes", "trademark-use"),
        ("agpl-3.0", "commercial-use", "network-use-disclose", "warranty"),
        ("creativeml-openrail-m", "commercial-use", "pass-on-restrictions", "prohibited-uses"),
        ("llama3", "commercial-use", "show-name", "large-users"),
        ("gemma", "commercial-use", "pass-on-restrictions", "remote-restriction"),
    ],
)
def test_a_licence_says_what_it_permits_demands_and_leaves_out(licence, permitted, demanded, left_out):
    (rule,) = [row for row in table("licence_rules") if row["licence_id"] == licence]
    assert permitted in rule["permissions"].split()
    assert demanded in rule["conditions"].split()
    assert left_out in rule["limitations"].split()


def test_verdicts_and_rules_are_about_families_and_licences_that_we_know():
    families = {row["family_id"] for row in table("model_families")} | {""}
    assert {row["family_id"] for row in table("osi_verdicts")} <= families
    assert {row["licence_id"] for row in table("licence_rules")} <= {
        row["licence_id"] for row in table("licence_classes")
    }
    assert {row["component"] for row in table("framework_requirements")} <= {
        row["component"] for row in table("framework_components")
    } | {"Technical report or research paper"}


def test_an_accelerator_has_memory_a_source_and_a_price_where_one_is_known():
    devices = table("hardware")
    assert len(devices) > 100
    assert all(float(row["memory_gb"]) > 0 and row["source_url"].startswith("https://") for row in devices)
    assert sum(bool(row["price_usd"]) for row in devices) > 40
    assert {row["stands_for"]: row["memory_gb"] for row in devices if row["stands_for"]} == {
        "laptop": "8",
        "card": "24",
        "server": "80",
    }
