"""What models are made from."""

from functools import partial

from dashboard import figures
from dashboard.figures.facts import Figure
from dashboard.figures.narrowing import NAMES
from dashboard.page import ask, open_sheet, show, show_tab
from dashboard.view import Page
from dashboard.views.filter_row import narrowed, of_family


def render() -> None:
    show_tab(
        open_sheet("lineage"),
        by_month=partial(_narrowed, figure=figures.lineage.BY_MONTH),
        makers=_makers,
        bases=partial(_narrowed, figure=figures.lineage.BASES),
    )


def _narrowed(page: Page, figure: Figure) -> None:
    """A figure of the derivatives of one family, or of all, narrowed down further."""
    show(narrowed(_of_family(page), tuple(name for name in NAMES if name != "family")), figure)


def _makers(page: Page) -> None:
    show(_of_family(page), figures.lineage.MAKERS)


def _of_family(page: Page) -> Page:
    known = ask(page, "model_families").sort_values("label")
    families = dict(zip(known["family_id"], known["label"], strict=True))
    return of_family(page, families, page.say("lineage.all_families"))
