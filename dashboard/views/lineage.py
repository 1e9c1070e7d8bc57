"""What models are made from."""

from functools import partial

from dashboard import figures
from dashboard.figures.facts import Figure
from dashboard.page import ask, open_sheet, show, show_tab
from dashboard.view import Page
from dashboard.views.filter_row import of_family


def render() -> None:
    show_tab(
        open_sheet("lineage"),
        by_month=partial(_of_family, figure=figures.lineage.BY_MONTH),
        makers=partial(_of_family, figure=figures.lineage.MAKERS),
        bases=partial(_of_family, figure=figures.lineage.BASES),
    )


def _of_family(page: Page, figure: Figure) -> None:
    """A figure of the derivatives of one family, or of all."""
    known = ask(page, "model_families").sort_values("label")
    families = dict(zip(known["family_id"], known["label"], strict=True))
    show(of_family(page, families, page.say("lineage.all_families")), figure)
