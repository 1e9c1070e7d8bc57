"""The ecosystem at a glance: how much there is, since when, how fresh, and what is missing."""

from collections.abc import Hashable
from typing import Any

import streamlit as st

from dashboard.footnotes import plain, show_table
from dashboard.headlines import as_of, lines
from dashboard.page import ask, open_sheet, show_tab
from dashboard.view import Page


def render() -> None:
    page = open_sheet("overview")
    headlines = ask(page, "headlines", as_of=page.choices.as_of).to_dict("records")
    listed = ask(page, "openai_list_sizes", as_of=page.choices.as_of).to_dict("records")
    with st.container(key="headlines"):
        for column, headline in zip(st.columns(len(headlines) + 1), [*headlines, None], strict=True):
            with column, st.container(border=True, height="stretch", gap="xxsmall"):
                if headline is not None:
                    _kind(page, headline)
                else:
                    _openai(page, listed)
    show_tab(page, freshness=_freshness)


def _kind(page: Page, now: dict[Hashable, Any]) -> None:
    """One population: its size, how it changes a day, and what is known of it."""
    say = page.say
    total = now["repository_count"]
    st.metric(
        say(f"ui.kinds_of.{now['kind']}"),
        say.short(total),
        help=say("overview.exact", total=say.number(total), licensed=say.number(now["licence_declared_count"])),
    )
    st.markdown("  \n".join(lines(say, now)))
    st.caption(plain(as_of(say, now)))


def _openai(page: Page, listed: list[dict[Hashable, Any]]) -> None:
    say = page.say
    if not listed:
        st.metric(say("overview.openai"), say("ui.unknown"))
        st.markdown(say("overview.openai_none"))
        return
    st.metric(say("overview.openai"), say.number(listed[-1]["model_count"]))
    st.markdown(say("overview.openai_apart"))
    st.caption(plain(say("overview.openai_as_of", date=say.moment(listed[-1]["snapshot_at"]))))


def _freshness(page: Page) -> None:
    """When each series was last read, and why one was not."""
    say = page.say
    series = ask(page, "freshness", as_of=page.choices.as_of)
    missing = series[series["status"] != "ok"]
    if missing.empty:
        st.success(say("overview.all_well"), icon=":material/check:")
    for row in missing.to_dict("records"):
        name = say.label("sources.listing", row["listing"])
        status = say.label("data.status", row["status"])
        st.warning(plain(f"{name}: {status}. {row['reason'] or ''}"), icon=":material/report:")
    show_table(
        say,
        series.assign(
            listing=[say.label("sources.listing", name) for name in series["listing"]],
            coverage=[say.label("data.coverage", name) for name in series["coverage"]],
            status=[say.label("data.status", status) for status in series["status"]],
        ),
    )
