"""What every page shares: kind, snapshot and coverage in the side bar; the switch of languages, and the link to the view."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard import address
from dashboard.choices import COVERAGES, Choices, read_pin, write_pin
from dashboard.figures.facts import coverage_words
from dashboard.say import LANGUAGES, Say
from warehouse.read import Warehouse

NEWEST = ""


def draw(warehouse: Warehouse, say: Say, choices: Choices, *, kinds: Sequence[str], is_dated: bool) -> Choices:
    """Draw the controls that every page shares and return what they hold."""
    with st.sidebar:
        if len(kinds) > 1:
            kind = address.choose(
                st.segmented_control,
                "kind",
                choices.kind,
                kinds,
                say("ui.kind_label"),
                format_func=lambda value: say(f"ui.kinds_of.{value}"),
                required=True,
                label_visibility="collapsed",
            )
            choices = replace(choices, kind=kind)
        if is_dated:
            choices = _snapshot(warehouse, say, choices)
    return choices


def language(say: Say) -> None:
    """The switch of languages, each named in itself. It takes effect on the run that the click starts."""
    address.choose(
        st.segmented_control,
        "lang",
        say.language,
        LANGUAGES,
        say("ui.language"),
        format_func=lambda value: Say(value)("ui.own_name"),
        required=True,
        label_visibility="collapsed",
    )


def link(warehouse: Warehouse, say: Say, choices: Choices, *, is_dated: bool) -> None:
    """The address of this view, to copy: held at its snapshot, so that it shows the same numbers later, where a view has one."""
    snapshot = warehouse.snapshot(choices.kind, choices.coverage, choices.as_of)
    if is_dated and snapshot is None:
        return
    if is_dated and snapshot is not None:
        choices = choices.pinned(snapshot)
        what = say("ui.link.what", date=say.moment(snapshot.snapshot_at))
    else:
        what = say("ui.link.newest", build=warehouse.build_id, date=say.moment(warehouse.newest_snapshot_at))
    pinned = {"lang": say.language, **choices.to_address()}
    with st.popover(say("ui.link.button"), icon=":material/link:"):
        st.markdown(what)
        st.code(f"{(st.context.url or '').split('?')[0]}?{urlencode(pinned)}", language=None, wrap_lines=True)


def _snapshot(warehouse: Warehouse, say: Say, choices: Choices) -> Choices:
    listed = _snapshots(warehouse.build_id, warehouse)
    listed = listed[listed["kind"] == choices.kind]
    present = [coverage for coverage in COVERAGES if coverage in set(listed["coverage"])]
    pins = [NEWEST, *dict.fromkeys(write_pin(moment) for moment in listed["snapshot_at"])]
    held = write_pin(choices.as_of) if choices.as_of else NEWEST
    if held not in pins:  # a pin between two snapshots, or of a moment before the first, is kept as it was written
        pins.append(held)
    as_of = address.choose(
        st.selectbox,
        "as_of",
        held,
        pins,
        say("ui.as_of"),
        format_func=lambda pin: say.moment(read_pin(pin)) if pin else say("ui.newest"),
        help=say("ui.as_of_help"),
    )
    choices = replace(choices, as_of=read_pin(as_of))
    if len(present) > 1:
        widest = warehouse.snapshot(choices.kind, None, choices.as_of)
        usual = widest.coverage if widest else present[0]
        limits = dict(zip(listed["coverage"], listed["coverage_limit"], strict=True))
        coverage = address.choose(
            st.selectbox,
            "coverage",
            choices.coverage or usual,
            present,
            say("ui.coverage_label"),
            format_func=lambda name: coverage_words(choices.kind, name, limits.get(name), say),
        )
        return replace(choices, coverage=coverage if coverage != usual else None)
    return replace(choices, coverage=None)


@st.cache_data(max_entries=8, show_spinner=False)
def _snapshots(build_id: str, _warehouse: Warehouse) -> pd.DataFrame:
    """kind, coverage, coverage_limit, snapshot_at, newest first."""
    return _warehouse.query("snapshot_list")
