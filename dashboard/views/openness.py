"""What is open about a model beyond its licence tag."""

import streamlit as st

from dashboard import address, figures
from dashboard.choices import Extra
from dashboard.page import ask, open_sheet, show, show_tab
from dashboard.view import Page

ALL = ""


def render() -> None:
    show_tab(open_sheet("openness", extras=(Extra("family"),)), criteria=_criteria)


def _criteria(page: Page) -> None:
    """The systems of one family that the index knows, or the most open of all."""
    families = ask(page, "openness_by_family").sort_values("family")
    labels = {ALL: page.say("openness.all"), **dict(zip(families["family_id"], families["family"], strict=True))}
    family = address.choose(
        st.selectbox,
        "family",
        page.choices.extra("family"),
        list(labels),
        page.say("lineage.family_label"),
        format_func=lambda name: labels.get(name, name),
    )
    show(page.remember(family=family), figures.openness.CRITERIA)
