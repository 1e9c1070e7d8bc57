"""The claims bench: what others published, recomputed under each definition, and what to conclude."""

import json
from collections import Counter
from urllib.parse import urlsplit

import pandas as pd
import pytest

from dashboard import figures
from dashboard.choices import Choices
from dashboard.figures.claims import FIGURES, TABLE, TOPICS, read_topic, terms, verdict_of
from dashboard.figures.facts import NothingToShow, picture
from dashboard.say import LANGUAGES, Say
from dashboard.sheets import SHEET
from tests.dashboard.pages import captions, charts, run
from tests.warehouse.marts import DATASETS, MODELS, TOP, built, model
from warehouse.marts.reference import rows as table
from warehouse.read import open_current

TABS = [tab.name for tab in SHEET["claims"].tabs if TABLE in tab.shown]
CLAIMS = table("claims")


@pytest.fixture(scope="module")
def warehouse(demo_home):
    return open_current(demo_home)


def measured(home, claim, definition):
    """(number, of how many) of one definition on the newest snapshot of a home."""
    (topic,) = [row["topic"] for row in CLAIMS if row["claim_id"] == claim]
    frame = read_topic(open_current(home), Choices(), topic).frame
    row = frame[(frame["claim_id"] == claim) & (frame["definition_id"] == definition)].iloc[0]
    return row["numerator"], row["denominator"]


def test_there_are_enough_claims_and_each_is_told_once():
    assert len(CLAIMS) >= 15
    assert len({row["claim_id"] for row in CLAIMS}) == len(CLAIMS)
    assert {row["topic"] for row in CLAIMS} == TOPICS.keys() == set(TABS)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim["claim_id"])
def test_a_claim_has_its_sentence_source_date_tolerance_and_reason(claim):
    assert claim["sentence_en"] and claim["sentence_zh"] and claim["source_title"]
    assert urlsplit(claim["source_url"]).scheme == "https"
    assert claim["data_date"] <= claim["published_date"]
    assert float(claim["tolerance"]) > 0 and float(claim["published_value"]) > 0
    assert claim["bound"] in ("about", "more than") and claim["unit"] in ("share", "count")
    for language in LANGUAGES:
        assert Say(language).knows(f"claims.why.{claim['claim_id']}")


def test_every_definition_belongs_to_a_claim_has_words_and_at_most_one_is_the_claims_own():
    definitions = table("claim_definitions")
    assert {row["claim_id"] for row in definitions} <= {row["claim_id"] for row in CLAIMS}
    own = Counter(row["claim_id"] for row in definitions if row["is_own"] == "true")
    assert set(own.values()) == {1}
    for row in definitions:
        assert all(Say(language).knows(f"claims.definitions.{row['definition_id']}") for language in LANGUAGES)
    measures = {row["definition_id"] for row in table("claim_measures")}
    assert measures <= {row["definition_id"] for row in definitions}


def test_every_definition_is_computed_from_a_list_of_every_repository(warehouse):
    frame = TABLE.read(warehouse, Choices()).frame
    unknown = set(frame.loc[frame["value"].isna(), "definition_id"].dropna())
    # A world of 3,000 models lacks that one model, and its history begins after the winter of 2025.
    assert unknown <= {"nsfw_30d", "models_listed_end_2025"}
    shares = frame[frame["unit"] == "share"].dropna(subset="value")
    assert shares["value"].between(0, 1).all()
    assert (shares["numerator"] <= shares["denominator"] + 1e-6).all()


def test_the_share_of_models_and_of_licence_tags_are_two_definitions_of_one_count(home):
    built(
        home,
        {
            MODELS: [
                model("a", 5, tags=["license:apache-2.0"]),
                model("b", 1, tags=["license:mit"]),
                *(model(f"m{number}", 1) for number in range(6)),
            ]
        },
    )
    assert measured(home, "apache_of_models", "apache_of_models") == (1, 8)
    assert measured(home, "apache_of_tags", "apache_of_declared") == (1, 2)
    assert measured(home, "apache_of_models", "apache_of_downloads_30d") == (5, 12)
    assert measured(home, "no_licence", "undeclared_of_models") == (6, 8)


def test_other_repositories_are_other_numbers(home):
    listed = [model("base", 9), model("tuned", 1, tags=["base_model:a/base", "base_model:finetune:a/base"])]
    built(home, {MODELS: listed}, {MODELS: [*listed, model("more", 0), model("yet", 0)]})
    assert measured(home, "base_stated", "base_of_models") == (1, 4)
    assert measured(home, "no_downloads", "none_30d") == (2, 4)
    earlier = Choices(as_of=open_current(home).run_sql("select min(snapshot_at) as at from snapshots")["at"].iloc[0])
    frame = read_topic(open_current(home), earlier, "use").frame.set_index("definition_id")
    assert frame.loc["none_30d", "denominator"].iloc[0] == 2


def test_the_first_percent_of_all_and_of_the_used_models_differ(home):
    built(home, {MODELS: [model(f"m{number:03}", 100 if number < 2 else 0) for number in range(200)]})
    assert measured(home, "top_1pct", "top_1pct_30d") == (200, 200)
    assert measured(home, "top_1pct", "top_1pct_of_used_30d") == (100, 200)
    assert measured(home, "half_under_200", "under_200_30d") == (200, 200)
    assert measured(home, "half_under_200", "under_200_of_used_all_time") == (0, 2)


def test_of_several_languages_each_counts_but_a_model_only_once(home):
    built(home, {MODELS: [model("two", 1, tags=["en", "zh"]), model("one", 1, tags=["en"]), model("none", 1)]})
    assert measured(home, "english", "english_of_stated") == (2, 2)
    assert measured(home, "english", "english_of_models") == (2, 3)


def test_back_filled_dates_are_told_apart_from_the_year_2022(home):
    wall, real = "2022-03-02T23:29:04.000Z", "2022-06-01T00:00:00.000Z"
    dates = [wall] * 10 + [real] * 3 + ["2025-01-01T00:00:00.000Z"] * 12
    built(home, {MODELS: [model(f"m{number}", 100 - number, createdAt=date) for number, date in enumerate(dates)]})
    assert measured(home, "top_25_of_2022", "top_25_in_2022") == (13, 25)
    assert measured(home, "top_25_of_2022", "top_25_surely_2022") == (3, 25)


def test_datasets_count_for_claims_on_datasets(home):
    licensed = model("d", 3, tags=["license:mit"])
    built(home, {MODELS: [model("m", 1)], DATASETS: [licensed, model("e", 1), model("f", 0)]})
    assert measured(home, "dataset_no_licence", "undeclared_of_datasets") == (2, 3)
    assert measured(home, "datasets_report", "datasets_listed")[0] == 3


def verdict(facts, claim):
    return verdict_of(facts.frame[facts.frame["claim_id"] == claim], facts)


def test_the_verdict_is_of_the_claims_own_definition(home):
    # 40 % never downloaded, 65 % without a download this month: the report confused the two.
    listed = [model(f"m{number:02}", 1 if number < 7 else 0, downloadsAllTime=int(number < 12)) for number in range(20)]
    built(home, {MODELS: listed})
    facts = read_topic(open_current(home), Choices(), "use")
    assert verdict(facts, "recent_downloads") == "holds"
    assert verdict(facts, "no_recent_downloads") == "holds_otherwise"
    assert verdict(facts, "half_under_200") == "differs"
    assert facts.values["holds"] == [verdict(facts, claim) for claim in facts.frame["claim_id"].unique()].count("holds")


def test_a_top_list_needs_every_repository(home):
    built(home, {TOP: [model(f"m{number}", 9 - number) for number in range(3)]})
    warehouse = open_current(home)
    facts = read_topic(warehouse, Choices(), "concentration")
    assert {verdict(facts, claim) for claim in facts.frame["claim_id"]} == {"needs_full"}
    with pytest.raises(NothingToShow, match="claims_need_full"):
        figures.claims.CONCENTRATION.read(warehouse, Choices())
    assert verdict(read_topic(warehouse, Choices(), "licences"), "no_licence") == "needs_full"


def test_what_no_listing_says_cannot_be_measured(warehouse):
    facts = read_topic(warehouse, Choices(), "elsewhere")
    assert {verdict(facts, claim) for claim in facts.frame["claim_id"]} == {"unlisted"}
    china = facts.beside["claims"].loc["china_41"].to_dict()
    assert "within" not in terms(china, Say("en"))


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.key)
def test_the_picture_holds_no_number_that_is_none(warehouse, figure):
    spec = picture(figure, figure.read(warehouse, Choices()), Say("zh"), Choices(), mode="dark")
    json.dumps(spec, allow_nan=False)


def test_the_picture_says_published_and_measured_values_in_words(warehouse):
    facts = figures.claims.LICENCES.read(warehouse, Choices())
    said = picture(figures.claims.LICENCES, facts, Say("en"), Choices(), mode="light")["description"]
    assert "16.04 % of the models" in said and "Published: 44.4%" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_is_text_throughout_and_its_sql_gives_its_rows(warehouse, language):
    facts = TABLE.read(warehouse, Choices())
    laid = TABLE.lay(facts, Say(language))
    assert len(laid) == len(facts.frame) == len(warehouse.run_sql(facts.sql))
    assert all(isinstance(cell, str) and cell for cell in laid.to_numpy().ravel())


@pytest.mark.parametrize("topic", TABS)
def test_every_claim_of_a_topic_has_a_card_with_its_source_and_reason(demo_home, monkeypatch, topic):
    monkeypatch.setenv("HUBSCOPE_HOME", str(demo_home.path))
    page = run("claims", lang="en", tab=topic)
    assert not page.exception
    assert bool(charts(page)) == (topic != "elsewhere")
    shown = "\n".join(block.value for block in page.markdown).replace("\\", "")
    for claim in CLAIMS:
        assert (claim["sentence_en"] in shown) == (claim["topic"] == topic)
        assert (claim["source_url"] in captions(page)) >= (claim["topic"] == topic)
    if topic != "elsewhere":
        assert "about the real Hub" in shown  # a simulation proves nothing, and each verdict says so


def test_a_top_list_shows_the_claims_and_the_command_that_answers_them(home, monkeypatch):
    built(home, {TOP: [model(f"m{number}", 9 - number) for number in range(3)]})
    monkeypatch.setenv("HUBSCOPE_HOME", str(home.path))
    page = run("claims", lang="zh", tab="sizes")
    assert not page.exception and not charts(page)
    assert "hubscope collect --profile full" in page.info[0].value
    assert "需要全部仓库" in "\n".join(block.value for block in page.markdown)


def test_an_unknown_value_is_said_and_never_zero(warehouse):
    facts = read_topic(warehouse, Choices(), "counts")
    row = facts.frame[facts.frame["definition_id"] == "nsfw_30d"].iloc[0]
    assert pd.isna(row["value"]) and row["verdict"] == "unknown"
    laid = TABLE.lay(facts, Say("en"))
    assert laid[laid["Definition"].str.startswith("this model")].iloc[0]["Measured"] == Say("en")("ui.unknown")


def test_a_claim_of_impact_has_its_standing_its_source_and_what_would_settle_it(demo_home):
    facts = figures.claims.IMPACT.read(open_current(demo_home), Choices())
    assert len(facts.frame) >= 10
    for language in ("en", "zh"):
        laid = figures.claims.IMPACT.lay(facts, Say(language))
        assert laid.notna().all(axis=None) and laid.iloc[:, 1].nunique() == 3
