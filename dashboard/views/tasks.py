"""What repositories are for: tasks, libraries, languages, and what OpenAI's models serve."""

from functools import partial

from dashboard import figures
from dashboard.figures import Figure
from dashboard.page import UNDECLARED, WEIGHT, Tabs, open_page, show, show_tab, with_controls
from dashboard.view import Page


def render() -> None:
    page = open_page("tasks", tabs=TABS)
    show_tab(page, TABS)


def _weighed(page: Page, figure: Figure) -> None:
    """A figure that can be weighed by repositories or downloads, with or without the undeclared."""
    show(with_controls(page, WEIGHT, UNDECLARED), figure)


TABS: Tabs = {
    "tasks": partial(_weighed, figure=figures.tasks.COVERAGE),
    "by_kind": partial(show, figure=figures.tasks.BY_KIND),
    "openai": partial(show, figure=figures.tasks.OPENAI),
    "libraries": partial(_weighed, figure=figures.tasks.LIBRARIES),
    "languages": partial(_weighed, figure=figures.tasks.LANGUAGES),
}
