"""Facts that a lesson tells: what the API learned and when, claims about the impact, cases from practice."""

from datetime import date

import pytest

from warehouse.marts import reference
from warehouse.marts.reference import rows as table


def test_innovations_are_dated_told_in_both_languages_and_came_with_a_model_of_that_day():
    released = {row["model_id"]: row["released_date"] for row in table("openai_releases")}
    innovations = table("innovations")
    dates = [date.fromisoformat(row["innovation_date"]) for row in innovations]
    assert dates == sorted(dates)
    for row in innovations:
        assert all(value for name, value in row.items() if name != "model_id"), row
        assert not row["model_id"] or released[row["model_id"]] == row["innovation_date"], row
    assert {row["innovation_id"] for row in innovations} >= {
        "function-calling",
        "structured-outputs",
        "vision",
        "audio-in-chat",
        "responses",
        "moderation",
        "reasoning",
    }


def test_at_least_ten_claims_say_where_they_stand_and_what_would_settle_them():
    claims = table("impact_claims")
    assert len(claims) >= 10
    assert {row["status"] for row in claims} == {"measured", "documented", "contradicted"}
    assert {row["topic"] for row in claims} == {"economy", "use", "society", "work"}
    assert all(all(row.values()) for row in claims)


def test_three_cases_tell_what_was_built_with_what_to_which_effect_and_what_was_hard():
    cases = table("case_studies")
    assert [row["place"] for row in cases] == ["1", "2", "3"]
    assert {row["side"] for row in cases} == {"open", "closed"}
    assert all(all(row.values()) for row in cases)


@pytest.mark.parametrize("name", ["innovations", "impact_claims", "case_studies"])
def test_a_told_fact_leads_to_its_source(name):
    assert all(row["source_url"].startswith("https://") and row["source_title"] for row in table(name))


def test_each_table_whose_licence_asks_for_it_is_attributed():
    told = {row["table_name"] for row in table("attributions")}
    assert told <= reference.TABLES.keys()
    asking = {"openness_index", "author_sources", "hardware", "transparency_index", "licence_rules"}
    assert asking <= {row["table_name"] for row in table("attributions") if row["licence"].startswith("CC BY")}
    assert all(all(row.values()) for row in table("attributions"))
