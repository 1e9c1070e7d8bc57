"""The view a reader is looking at, kept in the session and mirrored to the address.

Streamlit clears query parameters when the page changes and forgets widgets that are not drawn, so the view is kept
here as plain text and written back to the address on each run. An address that this session did not write (a link, the
browser's back button) wins over what the session remembers.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.choices import SEPARATOR
from dashboard.say import LANGUAGES

_VIEW = "view"
_MIRRORED = "view.mirrored"
_WIDGET = "choose."
_TAB = "tab"
_TABS_DRAWN = "view.tabs"


def arrive() -> dict[str, str]:
    """The view of this run, as query parameters: a new address, else the session's view with the widgets just used."""
    address = dict(st.query_params)
    if address and address != st.session_state.get(_MIRRORED):
        view = {"lang": st.session_state.get(_VIEW, {}).get("lang", ""), **address}
        for name in [str(key) for key in st.session_state if str(key).startswith(_WIDGET) or key == _TAB]:
            del st.session_state[name]
        st.session_state[_MIRRORED] = address
    else:
        view = dict(st.session_state.get(_VIEW, {}))
        for key, value in st.session_state.items():
            if str(key).startswith(_WIDGET) and isinstance(value, str | bool | list):
                view[str(key).removeprefix(_WIDGET)] = _as_text(value)
        drawn = st.session_state.get(_TABS_DRAWN, {})
        if st.session_state.get(_TAB) in drawn:
            view["tab"] = drawn[st.session_state[_TAB]]
    st.session_state[_VIEW] = view
    return view


def language(view: Mapping[str, str]) -> str:
    """The language of the address, else of the browser, else English."""
    stated = view.get("lang", "")
    if stated in LANGUAGES:
        return stated
    spoken = (st.context.locale or "")[:2].lower()
    return spoken if spoken in LANGUAGES else LANGUAGES[0]


def remember(**changes: str) -> None:
    """Keep choices for the runs to come."""
    st.session_state[_VIEW] = {**st.session_state.get(_VIEW, {}), **changes}


def revise(**changes: str) -> None:
    """Change choices before a run, from a widget's callback: what the widgets held until now gives way."""
    for name in changes:
        st.session_state.pop(_WIDGET + name, None)
    remember(**changes)


def field(name: str) -> str:
    """The key under which the session holds the widget of a choice."""
    return _WIDGET + name


def mirror(parameters: Mapping[str, str]) -> None:
    """Write the view to the address bar."""
    if dict(st.query_params) != parameters:
        st.query_params.from_dict(dict(parameters))
    st.session_state[_MIRRORED] = dict(parameters)


def choose(widget: Callable[..., Any], name: str, value: str, options: Sequence[str], label: str, **look: Any) -> str:
    """Draw a widget over `options` for the choice `name`, set to `value`, and remember what it holds."""
    key = _WIDGET + name
    st.session_state[key] = value if value in options else options[0]
    chosen = str(widget(label, options, key=key, **look))
    remember(**{name: chosen})
    return chosen


def write(widget: Callable[..., Any], name: str, value: str, label: str, **look: Any) -> str:
    """Draw a field for the text `name`, holding `value`, and remember what it holds."""
    key = _WIDGET + name
    st.session_state[key] = value
    written = str(widget(label, key=key, **look) or "")
    remember(**{name: written})
    return written


def choose_several(name: str, value: str, options: Sequence[str], label: str, **look: Any) -> str:
    """Draw a field for several of `options`, which `value` and the address hold as one text, and remember them."""
    key = _WIDGET + name
    st.session_state[key] = [one for one in value.split(SEPARATOR) if one in options]
    chosen = _as_text(st.multiselect(label, options, key=key, **look))
    remember(**{name: chosen})
    return chosen


def switch(name: str, value: bool, label: str, **look: Any) -> bool:
    """Draw a switch for the choice `name`, which the address writes as "0" when off and leaves out when on."""
    key = _WIDGET + name
    st.session_state[key] = value
    chosen = bool(st.toggle(label, key=key, **look))
    remember(**{name: _as_text(chosen)})
    return chosen


def tabs(names: Mapping[str, str], value: str) -> DeltaGenerator:
    """Draw tabs (`names`: name to label) with `value` open, and hand back the open one: the others are not computed."""
    st.session_state[_TAB] = names[value]
    st.session_state[_TABS_DRAWN] = {label: name for name, label in names.items()}
    drawn = st.tabs(list(names.values()), key=_TAB, on_change="rerun")
    remember(tab=value)
    return drawn[list(names).index(value)]


def _as_text(value: str | bool | list[str]) -> str:
    if isinstance(value, list):
        return SEPARATOR.join(value)
    return value if isinstance(value, str) else "" if value else "0"
