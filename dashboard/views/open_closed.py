"""Open weights beside closed models; populations are shown one under the other and never added up."""

import streamlit as st

from dashboard import address, figures
from dashboard.figures.facts import Figure, NothingToShow
from dashboard.figures.open_closed import MODELS, MOST_LINES, PRICES
from dashboard.page import open_sheet, read, show, show_tab
from dashboard.view import Page


def render() -> None:
    show_tab(
        open_sheet("open_closed"),
        timeline=_timeline,
        prices=_prices,
        cheaper=_cheaper,
        packages=_packages,
    )


def _timeline(page: Page) -> None:
    show(_choose(page, "models", MODELS, "open_closed.models"), figures.open_closed.TIMELINE)


def _prices(page: Page) -> None:
    page = _choose(page, "price", PRICES, "open_closed.price_short")
    page = _choose_several(page, "prices", figures.open_closed.PRICE_STEPS, "model_id")
    show(page, figures.open_closed.PRICE_STEPS)


def _cheaper(page: Page) -> None:
    """The price of each new flagship, and the cheapest model that is good enough."""
    show(page, figures.price_history.FLAGSHIPS)
    try:
        facts = read(page, figures.price_history.CHEAPEST)
        page = page.remember(score=str(facts.values["score"]))
        page = _choose(page, "score", tuple(facts.beside["scores"]["score"]), "open_closed.score")
    except NothingToShow:
        pass  # the figure itself says why
    show(page, figures.price_history.CHEAPEST)


def _packages(page: Page) -> None:
    show(_choose_several(page, "packages", figures.open_closed.PACKAGES, "package"), figures.open_closed.PACKAGES)


def _choose(page: Page, name: str, options: tuple[str, ...], words: str) -> Page:
    """A choice that belongs to the next picture only, hence beside it."""
    chosen = address.choose(
        st.segmented_control,
        name,
        page.choices.extra(name),
        options,
        page.say(f"{words}.label"),
        format_func=lambda value: page.say.label(words, value),
        required=True,
    )
    return page.remember(**{name: chosen})


def _choose_several(page: Page, name: str, figure: Figure, column: str) -> Page:
    """The lines that are drawn, of those that the figure knows; none chosen means its own selection."""
    try:
        known = read(page, figure).beside[name]
    except NothingToShow:
        return page
    chosen = address.choose_several(
        name,
        page.choices.extra(name),
        list(known[column]),
        page.say(f"open_closed.chosen.{name}"),
        max_selections=MOST_LINES,
        placeholder=page.say(f"open_closed.chosen.{name}_placeholder"),
    )
    return page.remember(**{name: chosen})
