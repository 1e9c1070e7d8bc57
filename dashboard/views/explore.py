"""Search a repository, compare a few over time, and read one's details."""

import hashlib
from typing import Any
from urllib.parse import quote

import pandas as pd
import streamlit as st

from dashboard import address, figures
from dashboard.choices import SEPARATOR, UNDECLARED
from dashboard.figures.explore import MEASURES, MOST, chosen_ids
from dashboard.footnotes import show_table
from dashboard.page import open_sheet, show
from dashboard.say import Say
from dashboard.view import Page
from warehouse.read import Warehouse

MOST_MATCHES = 200
LEAST = ("0", "100", "1000", "10000", "100000", "1000000")
FILTERS = ("licence_class", "task", "library", "family")
MOST_CHOICES = 200  # of one filter; the long tail of libraries is found with the text
FOLDERS = {"model": "", "dataset": "datasets/", "space": "spaces/"}


def render() -> None:
    page = open_sheet("explore")
    if not page.warehouse.knows_each:
        st.info(page.say("ui.nothing.small_edition"), icon=":material/search_off:")
        return
    page = _search(page)
    page = _compare(page, _results(page))
    if chosen_ids(page.choices):
        _details(page)


def _search(page: Page) -> Page:
    """The text and the filters."""
    say = page.say
    text, least = st.columns(2, gap="large")
    with text:
        asked = {
            "text": address.write(
                st.text_input, "text", page.choices.extra("text"), say("explore.text"), icon=":material/search:"
            )
        }
    with least:
        asked["least"] = _least(page)
    filters = _filters(page.warehouse.build_id, page.choices.kind, page.warehouse)
    for name, column in zip(FILTERS, st.columns(len(FILTERS)), strict=True):
        with column:
            asked[name] = _narrow(page, name, filters[filters["filter"] == name].head(MOST_CHOICES))
    return page.remember(**asked)


def _narrow(page: Page, name: str, choices: pd.DataFrame) -> str:
    """One filter: what occurs, with how many repositories."""
    say = page.say
    labels = {
        str(row.choice): f"{_name(say, name, row)} ({say.short(row.repository_count)})" for row in choices.itertuples()
    }
    return address.choose(
        st.selectbox,
        name,
        page.choices.extra(name),
        ["", *labels],
        say(f"explore.filter.{name}"),
        format_func=lambda choice: labels.get(choice) or say("explore.any"),
    )


def _name(say: Say, name: str, row: Any) -> str:
    """Licence classes are named by us, the rest by the reference tables."""
    return say.label("licences.class", row.choice) if name == "licence_class" else getattr(row, f"label_{say.language}")


def _least(page: Page) -> str:
    """The smallest number of downloads (Spaces: likes) a result may have."""
    key = "likes" if page.choices.kind == "space" else "downloads"
    return address.choose(
        st.segmented_control,
        "least",
        page.choices.extra("least"),
        LEAST,
        page.say(f"explore.least.{key}"),
        format_func=lambda n: page.say.short(int(n)),
        required=True,
    )


@st.cache_data(max_entries=30, show_spinner=False)
def _filters(build_id: str, kind: str, _warehouse: Warehouse) -> pd.DataFrame:
    """What the current repositories of a kind can be narrowed down by: filter, choice, its names, repository_count."""
    return _warehouse.query("search_filters", kind=kind)


def _results(page: Page) -> list[str]:
    """The table of matches; a row that is chosen joins the comparison. Returns the ids that match."""
    say, choices = page.say, page.choices
    matches = page.warehouse.query(
        "repository_matches",
        kind=choices.kind,
        text=choices.extra("text").strip(),
        **{name: choices.extra(name) for name in FILTERS},
        least=int(choices.extra("least") or 0),
        limit=MOST_MATCHES,
    )
    if matches.empty:
        st.info(say("explore.no_match"), icon=":material/search_off:")
        return []
    count = int(matches["match_count"].iloc[0])
    st.caption(say("explore.matches", n=say.number(count), shown=say.number(len(matches))))
    ids = list(matches["id"])
    # A new comparison is a new table, so that the rows chosen last are not chosen still.
    key = "matches-" + hashlib.sha256("\n".join([*ids, "", *chosen_ids(choices)]).encode()).hexdigest()[:12]
    listed = matches.drop(columns="match_count").replace({"licence": {UNDECLARED: say("explore.undeclared")}})
    show_table(say, listed, key=key, on_select=lambda: _add(page, ids, key), height=320)
    return ids


def _add(page: Page, ids: list[str], key: str) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    compared = dict.fromkeys([*chosen_ids(page.choices), *(ids[row] for row in rows)])
    address.revise(ids=SEPARATOR.join(list(compared)[:MOST]))


def _compare(page: Page, found: list[str]) -> Page:
    """The chosen repositories over the snapshots that listed them."""
    say = page.say
    st.subheader(say("explore.compare"), anchor=False)
    compared = chosen_ids(page.choices)
    page = page.remember(
        ids=address.choose_several(
            "ids",
            SEPARATOR.join(compared),
            list(dict.fromkeys([*compared, *found])),
            say("explore.ids", most=MOST),
            max_selections=MOST,
            placeholder=say("explore.ids_placeholder"),
        )
    )
    if not chosen_ids(page.choices):
        st.info(say("explore.choose"), icon=":material/touch_app:")
        return page
    if page.choices.kind != "space":
        page = page.remember(
            measure=address.choose(
                st.segmented_control,
                "measure",
                page.choices.extra("measure"),
                MEASURES,
                say("explore.measure"),
                format_func=lambda value: say(f"ui.weight.{value}"),
                required=True,
            )
        )
    show(page, figures.explore.HISTORY)
    return page


def _details(page: Page) -> None:
    """Everything the newest snapshot says of one repository, as text."""
    say = page.say
    st.subheader(say("explore.details"), anchor=False)
    chosen = st.selectbox(say("explore.details_of"), chosen_ids(page.choices))
    found = page.warehouse.query("repository", kind=page.choices.kind, ids=[chosen])
    if found.empty:
        st.info(say("explore.gone"), icon=":material/info:")
        return
    record = found.iloc[0].drop(labels=["kind"])
    rows = [(say.column(str(name)), _as_text(page, value)) for name, value in record.items()]
    show_table(say, pd.DataFrame(rows, columns=["field", "stated_value"]), key="details")
    if not page.warehouse.is_simulated:
        st.link_button(
            say("explore.open"),
            f"https://huggingface.co/{FOLDERS[page.choices.kind]}{quote(str(record['id']), safe='/')}",
            icon=":material/open_in_new:",
        )


def _as_text(page: Page, value: Any) -> str:
    """A value of any type as it is read; what is not known is said."""
    say = page.say
    if hasattr(value, "__len__") and not isinstance(value, str):
        return say.listing([str(part) for part in value]) if len(value) else say("explore.none")
    if isinstance(value, bool):
        return say(f"explore.{'yes' if value else 'no'}")
    if pd.isna(value):
        return say("ui.unknown")
    if isinstance(value, pd.Timestamp):
        return say.moment(value)
    return say.number(value) if isinstance(value, int | float) else str(value)
