"""The row of controls by which a reader narrows a list down; what is chosen stands in the address."""

import streamlit as st

from dashboard import address
from dashboard.figures.narrowing import NAMES, TABLES, label_column
from dashboard.page import ask
from dashboard.view import Page

ANY = ""


def narrowed(page: Page, names: tuple[str, ...] = NAMES) -> Page:
    """Draw the controls, folded away until one is used, and hand back the page with what they hold."""
    used = [name for name in names if page.choices.extra(name)]
    with st.expander(page.say("ui.narrowed.label", n=len(used)), icon=":material/filter_alt:", expanded=bool(used)):
        columns = st.columns(len(names))
        for name, column in zip(names, columns, strict=True):
            with column:
                page = page.remember(**{name: _choose(page, name)})
    return page


def _choose(page: Page, name: str) -> str:
    value, label = page.choices.extra(name), page.say(f"ui.narrowed.{name}")
    if name not in TABLES:
        return address.write(st.text_input, name, value, label, placeholder=page.say("ui.narrowed.any")).strip()
    labels = options(page, name)
    chosen = [ANY, *labels] if value in ("", *labels) else [ANY, value, *labels]
    return address.choose(
        st.selectbox,
        name,
        value,
        chosen,
        label,
        format_func=lambda one: labels.get(one, one or page.say("ui.narrowed.any")),
    )


def of_family(page: Page, families: dict[str, str], everything: str) -> Page:
    """Draw the choice of one family (id to label), or of `everything`, and hand back the page with it."""
    labels = {ANY: everything, **families}
    family = address.choose(
        st.selectbox,
        "family",
        page.choices.extra("family"),
        list(labels),
        page.say("lineage.family_label"),
        format_func=lambda name: labels.get(name, name),
    )
    return page.remember(family=family)


def options(page: Page, name: str) -> dict[str, str]:
    """What there is to choose from, id to label, by label."""
    known = ask(page, TABLES[name])
    return dict(zip(known[f"{name}_id"], known[label_column(known, page.say.language)], strict=True))
