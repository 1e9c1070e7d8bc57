"""One page, from its controls to the lines under each picture. `sheets` says what is on a page; this module shows it.

A page that only shows its figures needs no view. A view is a function without arguments that adds what is special:

    def render() -> None:
        page = open_sheet("growth")
        show_tab(page, cumulative=_cumulative)  # the other tabs show what their sheet says

Only the open tab is computed; which it is stands in the address. Words: `<page>.tabs.<name>`.

`open_page` draws title, side bar and controls, mirrors the view to the address, and shows what to do when there is no
warehouse yet. Choices of the page itself (`extras`) with allowed values become a control in the row under the title
(words: `<page>.<extra>.label` and `<page>.<extra>.<value>`); free-text ones are the view's own
(`page.choices.extra("q")`, kept with `remember`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import address, sidebar
from dashboard.captions import nothing
from dashboard.choices import KINDS, WEIGHTS, Choices, Extra
from dashboard.export.exhibit import Exhibit
from dashboard.figures.facts import Facts, Figure, NothingToShow, Table, picture
from dashboard.footnotes import details, footnote, plain, show_cells
from dashboard.say import Say
from dashboard.sheets import SHEET, WEIGHT, WITH_UNDECLARED, Tab
from dashboard.takeaway import embed_of, page_buttons
from dashboard.view import TAB, Page
from warehouse.errors import DamagedBuild, HubscopeError, NoWarehouse
from warehouse.read import Warehouse, open_current
from warehouse.settings import Home

Readable = Figure | Table


def show_sheet(key: str) -> None:
    """Show a page that has only figures."""
    show_tab(open_sheet(key))


def open_sheet(key: str) -> Page:
    """Open a page of the navigation."""
    sheet = SHEET[key]
    names = [tab.name for tab in sheet.tabs]
    return open_page(key, controls=sheet.controls, extras=sheet.extras, tabs=names, kinds=sheet.kinds)


def open_page(
    key: str,
    *,
    controls: Sequence[str] = (),
    extras: Sequence[Extra] = (),
    tabs: Iterable[str] = (),
    kinds: Sequence[str] = KINDS,
    is_dated: bool = True,
    title: str | None = None,
) -> Page:
    """Draw title, side bar and controls, and return the page. Stops the run when nothing is published yet.

    kinds: those the page can show; with one or none there is no control for it. is_dated: whether a snapshot can be
    chosen. title: where it is not `ui.pages.<key>`.
    """
    if names := tuple(tabs):
        extras = (*extras, Extra(TAB, allowed=names))
    page = open_bare(key, extras=extras, kinds=kinds)
    say, warehouse = page.say, page.warehouse
    tools = _head(key, say, warehouse, title or say(f"ui.pages.{key}"))
    choices = sidebar.draw(warehouse, say, page.choices, kinds=kinds, is_dated=is_dated)
    choices = _controls(key, say, choices, controls, extras)
    address.mirror({"lang": say.language, **choices.to_address()})
    page = replace(page, choices=choices)
    with tools:
        sidebar.link(warehouse, say, choices, is_dated=is_dated)
        page_buttons(page)
        sidebar.language(say)
    return page


def open_bare(key: str, *, extras: Sequence[Extra] = (), kinds: Sequence[str] = KINDS) -> Page:
    """Read the page from its address without drawing anything. Stops the run when there is no build."""
    view = address.arrive()
    say = Say(address.language(view))
    choices = Choices.from_address(view, extras)
    if kinds and choices.kind not in kinds:
        choices = replace(choices, kind=kinds[0])
    try:
        warehouse = open_current(Home.from_env())
    except HubscopeError as error:
        if isinstance(error, NoWarehouse) and not isinstance(error, DamagedBuild):
            empty_page(say)
        else:  # something has been collected, and cannot be read
            _tell(error)
        st.stop()
    page = Page(key, say, choices, warehouse, st.context.theme.type or "light", tuple(extras))
    if TAB in dict(choices.extras) and not choices.extra(TAB):
        page = replace(page, choices=replace(choices, extras=(*choices.extras[:-1], (TAB, _telling_tab(page)))))
    address.mirror({"lang": say.language, **page.choices.to_address()})
    return page


def _telling_tab(page: Page) -> str:
    """The first tab; on a first day when it has nothing to show, the first that shows something of a snapshot.

    What the reader weighs by does not count: a tab that cannot be weighed so says that itself.
    """
    first, *others = SHEET[page.key].tabs
    page = replace(page, choices=replace(page.choices, weight=WEIGHTS[0], with_undeclared=True))
    if not first.shown or any(read_quietly(page, one) for one in first.shown):
        return first.name
    told = ((tab, read_quietly(page, one)) for tab in others for one in tab.shown)
    return next((tab.name for tab, facts in told if facts and facts.snapshot), first.name)


def read_quietly(page: Page, shown: Readable) -> Facts | None:
    """The facts; None where the warehouse cannot show it."""
    try:
        return read(page, shown)
    except (NothingToShow, HubscopeError):
        return None


def _head(key: str, say: Say, warehouse: Warehouse, title: str) -> DeltaGenerator:
    """The title, and beside it the place of what every page offers: link, files, language. It stays in sight."""
    with st.container(horizontal=True, vertical_alignment="center", key="page-head"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.title(title, anchor=False, width="content")
            if warehouse.is_simulated:
                st.badge(say("ui.simulated"), icon=":material/science:", color="orange")
        tools = st.container(
            horizontal=True, vertical_alignment="center", gap="small", width="content", key="page-tools"
        )
    if say.knows(f"{key}.lead"):
        st.markdown(say(f"{key}.lead"))
    return tools


def empty_page(say: Say) -> None:
    """Show how to collect, where nothing has been collected yet."""
    with st.sidebar:
        sidebar.language(say)
    st.title(say("ui.empty.title"), anchor=False)
    st.markdown(say("ui.empty.lead"))
    for command in ("demo", "collect"):
        st.markdown(say(f"ui.empty.{command}"))
        st.code(f"hubscope {command}", language="bash")
    st.caption(say("ui.empty.home", home=str(Home.from_env().path)))
    address.mirror({"lang": say.language})


def show(page: Page, shown: Readable) -> Facts | None:
    """A figure or table with everything that stands under it, or the reason why the warehouse cannot show it."""
    facts = read_or_say_why(page, shown)
    if facts is None:
        return None
    name = shown.key.replace(".", "-")
    if isinstance(shown, Figure):
        with st.container(key=f"figure-{name}"):
            draw(page, shown, facts)
            _foot(page, shown, facts)
    else:
        with st.container(key=f"table-{name}"):
            st.subheader(page.say(f"{shown.key}.title"), anchor=False)
            show_cells(shown.lay(facts, page.say))
            _foot(page, shown, facts)
    return facts


def _foot(page: Page, shown: Readable, facts: Facts) -> None:
    """Draw the line of provenance and the details."""
    made = exhibit(page, shown, facts)
    footnote(page.say, shown, facts)
    details(page.say, made, page.mode, embed_of(page, made))


def exhibit(page: Page, source: Readable, facts: Facts) -> Exhibit:
    """What can be taken away of a figure or table that the page shows."""
    choices = _choices(page, source) if isinstance(source, Figure) else page.choices
    return Exhibit(source, facts, choices, page.warehouse.build_id)


def read_or_say_why(page: Page, source: Readable) -> Facts | None:
    """The facts, or None with the reason on the page."""
    try:
        return read(page, source)
    except NothingToShow as missing:
        st.info(nothing(page.say, missing), icon=":material/info:")
    except HubscopeError as error:
        _tell(error)
    return None


def _tell(error: HubscopeError) -> None:
    """The error as it is, for readers who need not know where in the machine the home lies; the command line says that."""
    st.error(plain(str(error).replace(str(Home.from_env().path), "HUBSCOPE_HOME")), icon=":material/error:")


def draw(page: Page, figure: Figure, facts: Facts, *, size: float = 1.0, is_screen: bool = False) -> None:
    """The picture alone; `size` scales its type, and on a screen it takes the height that is left."""
    choices, language = _choices(page, figure), page.say.language
    height = "container" if is_screen else None
    spec = _picture(page.warehouse.build_id, choices, language, page.mode, size, height, figure.key, figure, facts)
    # Its description becomes the accessible name.
    st.vega_lite_chart(spec, theme=None, height="stretch" if is_screen else "content")


def show_tab(page: Page, **special: Callable[[Page], object]) -> None:
    """The tabs of a page, and in the open one what its sheet says, or what `special` shows for it instead."""
    tabs = {tab.name: tab for tab in SHEET[page.key].tabs}
    assert special.keys() <= tabs.keys(), f"{page.key} has no such tabs: {special.keys() - tabs.keys()}"
    is_open = page.choices.extra(TAB)
    with address.tabs({name: page.say(f"{page.key}.tabs.{name}") for name in tabs}, is_open):
        if is_open in special:
            special[is_open](page)
        else:
            _show_all(page, tabs[is_open])


def _show_all(page: Page, tab: Tab) -> None:
    """What stands in a tab; its controls concern only the figures that can be weighed."""
    weighed = with_controls(page, *tab.controls)
    for one in tab.shown:
        show(weighed if isinstance(one, Figure) and one.is_weighed else page, one)


def with_controls(page: Page, *controls: str) -> Page:
    """Draw controls that only the open tab needs, and hand back the page with what they hold."""
    return replace(page, choices=_controls(page.key, page.say, page.choices, controls, ()))


def with_extras(page: Page, extras: Sequence[Extra]) -> Page:
    """Draw the choices that a page has of its own, where `open_page` did not, and hand back the page with them."""
    return replace(page, choices=_controls(page.key, page.say, page.choices, (), extras))


def ask(page: Page, query: str, **parameters: Any) -> pd.DataFrame:
    """Rows of a named query for the parts of a page that are no figure; read once for each build."""
    return _rows(page.warehouse.build_id, query, parameters, page.warehouse)


def read(page: Page, source: Readable) -> Facts:
    """The facts of a figure or table for what the reader chose; the same build and choices are read once."""
    choices = _choices(page, source) if isinstance(source, Figure) else page.choices
    return _facts(page.warehouse.build_id, choices, source.key, source, page.warehouse)


def _choices(page: Page, figure: Figure) -> Choices:
    """Choices for a figure: its first kind where the chosen one does not apply."""
    if not figure.kinds or page.choices.kind in figure.kinds:
        return page.choices
    return replace(page.choices, kind=figure.kinds[0])


@st.cache_data(max_entries=400, show_spinner=False)
def _facts(build_id: str, choices: Choices, key: str, _source: Readable, _warehouse: Warehouse) -> Facts:
    return _source.read(_warehouse, choices)


@st.cache_data(max_entries=200, show_spinner=False)
def _rows(build_id: str, query: str, parameters: dict[str, Any], _warehouse: Warehouse) -> pd.DataFrame:
    return _warehouse.query(query, **parameters)


@st.cache_data(max_entries=400, show_spinner=False)
def _picture(
    build_id: str,
    choices: Choices,
    language: str,
    mode: str,
    size: float,
    height: str | None,
    key: str,
    _figure: Figure,
    _facts: Facts,
) -> dict[str, Any]:
    return picture(_figure, _facts, Say(language), choices, mode=mode, size=size, height=height)


def _controls(key: str, say: Say, choices: Choices, controls: Iterable[str], extras: Sequence[Extra]) -> Choices:
    """Draw the row of controls under the title."""
    is_open = choices.extra(TAB)
    listed = [
        extra for extra in extras if extra.allowed and extra.name != TAB and (not extra.tabs or is_open in extra.tabs)
    ]
    if not controls and not listed:
        return choices
    with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
        if WEIGHT in controls:
            weight = address.choose(
                st.segmented_control,
                "weight",
                choices.weight,
                WEIGHTS,
                say("ui.weigh_by"),
                format_func=lambda value: say(f"ui.weight.{value}"),
                required=True,
            )
            choices = replace(choices, weight=weight)
        chosen = dict(choices.extras)
        for extra in listed:
            chosen[extra.name] = address.choose(
                st.segmented_control,
                extra.name,
                chosen[extra.name],
                extra.allowed,
                say(f"{key}.{extra.name}.label"),
                format_func=lambda value, name=extra.name: say(f"{key}.{name}.{value}"),
                required=True,
            )
        if WITH_UNDECLARED in controls:
            choices = replace(
                choices,
                with_undeclared=address.switch("undeclared", choices.with_undeclared, say("ui.with_undeclared")),
            )
    return replace(choices, extras=tuple(chosen.items()))
