"""The address for a room of readers, large enough for the back row."""

import streamlit as st

from dashboard import address, classroom
from dashboard.say import Say
from dashboard.sidebar import language

STYLE = (
    "<style>.join svg { width: min(60vh, 70vw); height: auto; display: block; } .join p { font-size: 2.4rem; }</style>"
)


def render() -> None:
    say = Say(address.language(address.arrive()))
    language(say)
    address.mirror({"lang": say.language})
    st.title(say("ui.join.title"), anchor=False)
    if classroom.OPEN is None or not classroom.OPEN.is_class:
        st.info(say("ui.join.closed"))
        return
    url = classroom.OPEN.url
    st.html(f'{STYLE}<div class="join"><p><strong>{url}</strong></p>{classroom.qr_svg(url)}</div>')
    st.caption(say("ui.join.how"))
