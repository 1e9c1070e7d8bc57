"""The lessons of OpenAI's API where nobody has a key: models.dev stands in for OpenAI's list, and says so."""

import pytest

from dashboard.captions import caveats, provenance
from dashboard.choices import Choices
from dashboard.lessons import openai_architecture, openai_innovations
from dashboard.say import LANGUAGES, Say
from tests.warehouse.marts import CATALOGUE, MODELS, OPENAI, built, model, openai_list
from tests.warehouse.test_marts_side_listings import GPT, catalogue
from warehouse.read import open_current

LESSONS = [openai_innovations.LESSON, openai_architecture.LESSON]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("has_key", [False, True])
def test_without_a_key_the_catalogue_stands_in_and_is_named(home, language, has_key):
    listings = {MODELS: [model("m")], CATALOGUE: catalogue(GPT)} | ({OPENAI: openai_list("gpt-5")} if has_key else {})
    built(home, listings)
    warehouse, say = open_current(home), Say(language)
    for lesson in LESSONS:
        facts = lesson.figure.read(warehouse, Choices())
        assert lesson.figure.draw(facts, say, Choices()) and lesson.see(facts, say)
        assert ("models.dev" in provenance(say, lesson.figure, facts)[-1]) is not has_key
        assert (
            any("OpenAI" in line and "models.dev" in line for line in caveats(say, lesson.figure, facts)[1:])
            is not has_key
        )
        table = lesson.table.read(warehouse, Choices())
        assert len(lesson.table.lay(table, say))
