"""What models are made from."""

import streamlit as st

from dashboard import address, figures
from dashboard.choices import Extra
from dashboard.page import Page, open_page, show

ALL = ""


def render() -> None:
    page = open_page("lineage", kinds=("model",), extras=(Extra("family"),))
    show(page, figures.lineage.STATED)
    show(page, figures.lineage.FAMILIES)
    page = _choose_family(page)
    show(page, figures.lineage.BY_MONTH)
    show(page, figures.lineage.BASES)
    show(page, figures.lineage.SPEED)


def _choose_family(page: Page) -> Page:
    """The family whose derivatives the next two pictures show."""
    families = page.warehouse.query("model_families").sort_values("label")
    labels = {ALL: page.say("lineage.all_families"), **dict(zip(families["family_id"], families["label"], strict=True))}
    family = address.choose(
        st.selectbox,
        "family",
        page.choices.extra("family"),
        list(labels),
        page.say("lineage.family_label"),
        format_func=lambda name: labels.get(name, name),
    )
    return page.remember(family=family)
