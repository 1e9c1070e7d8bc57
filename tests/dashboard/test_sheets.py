"""The table of pages: every page and every tab has its words."""

import pytest

from dashboard.say import LANGUAGES, Say
from dashboard.sheets import SHEETS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_a_page_and_its_tabs_have_names(sheet, language):
    say = Say(language)
    assert say.knows(f"ui.pages.{sheet.key}")
    assert [tab.name for tab in sheet.tabs if not say.knows(f"{sheet.key}.tabs.{tab.name}")] == []
