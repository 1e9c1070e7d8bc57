"""Open weights beside closed models; populations are shown one under the other and never added up."""

import streamlit as st

from dashboard import address, figures
from dashboard.choices import Extra
from dashboard.figures.facts import NothingToShow
from dashboard.figures.open_closed import MODELS, MOST_PRICES, PRICES
from dashboard.page import open_sheet, read, show, show_tab
from dashboard.view import Page


def render() -> None:
    extras = (Extra("models"), Extra("price"), Extra("prices", longest=600), Extra("score"))
    show_tab(open_sheet("open_closed", extras=extras), timeline=_timeline, prices=_prices, cheaper=_cheaper)


def _timeline(page: Page) -> None:
    show(_choose(page, "models", MODELS, "open_closed.models"), figures.open_closed.TIMELINE)


def _prices(page: Page) -> None:
    page = _choose_prices(_choose(page, "price", PRICES, "open_closed.price_short"))
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


def _choose_prices(page: Page) -> Page:
    """The models whose prices are drawn; none chosen means those whose price changed most often."""
    try:
        known = read(page, figures.open_closed.PRICE_STEPS).beside["models"]
    except NothingToShow:
        return page
    chosen = address.choose_several(
        "prices",
        page.choices.extra("prices"),
        list(known["model_id"]),
        page.say("open_closed.price.models"),
        max_selections=MOST_PRICES,
        placeholder=page.say("open_closed.price.placeholder"),
    )
    return page.remember(prices=chosen)
