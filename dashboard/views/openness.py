"""What is open about a model beyond its licence tag."""

from dashboard import figures
from dashboard.page import ask, open_sheet, show, show_tab
from dashboard.view import Page
from dashboard.views.filter_row import of_family


def render() -> None:
    show_tab(open_sheet("openness"), criteria=_criteria)


def _criteria(page: Page) -> None:
    """The systems of one family that the index knows, or the most open of all."""
    known = ask(page, "openness_by_family").sort_values("family")
    families = dict(zip(known["family_id"], known["family"], strict=True))
    show(of_family(page, families, page.say("openness.all")), figures.openness.CRITERIA)
