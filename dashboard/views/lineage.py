"""What models are made from."""

from functools import partial

import streamlit as st

from dashboard import address, figures
from dashboard.choices import Extra
from dashboard.figures.facts import Figure
from dashboard.page import ask, open_sheet, show, show_tab
from dashboard.view import Page

ALL = ""


def render() -> None:
    show_tab(
        open_sheet("lineage", extras=(Extra("family"),)),
        by_month=partial(_of_family, figure=figures.lineage.BY_MONTH),
        makers=partial(_of_family, figure=figures.lineage.MAKERS),
        bases=partial(_of_family, figure=figures.lineage.BASES),
    )


def _of_family(page: Page, figure: Figure) -> None:
    """A figure of the derivatives of one family, or of all."""
    families = ask(page, "model_families").sort_values("label")
    labels = {ALL: page.say("lineage.all_families"), **dict(zip(families["family_id"], families["label"], strict=True))}
    family = address.choose(
        st.selectbox,
        "family",
        page.choices.extra("family"),
        list(labels),
        page.say("lineage.family_label"),
        format_func=lambda name: labels.get(name, name),
    )
    show(page.remember(family=family), figure)
