"""What `streamlit run` executes: the frame of every page. The pages stand in `navigation`, what they do in `views`."""

from pathlib import Path

import streamlit as st

from dashboard import address, navigation
from dashboard.say import Say

ICON = Path(__file__).parent / "icon.svg"  # a symbol by name would be fetched from a foreign host
BACK = Path(__file__).parent / "back.js"
FRAME = Path(__file__).parent / "frame.css"
# Streamlit always says "en"; whoever reads the page aloud, translates it or breaks its lines must know better.
LANGUAGE = """<script>document.documentElement.lang = "{}"</script>"""

st.set_page_config(page_icon=str(ICON), layout="wide")
st.html(FRAME)
st.html(f"<script>{BACK.read_text(encoding='utf-8')}</script>", unsafe_allow_javascript=True)
say = Say(address.language(address.arrive()))
st.html(LANGUAGE.format(say("export.formats.tag")), unsafe_allow_javascript=True)
st.html(f"<style>:root {{ --turn-the-phone: '{say('ui.turn_the_phone')}' }}</style>")
# Folded, the navigation would say "View more" in English only.
st.navigation(navigation.pages(say), expanded=True).run()
