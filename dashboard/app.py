"""What `streamlit run` executes: the frame of every page. The pages stand in `navigation`, what they do in `views`."""

from pathlib import Path

import streamlit as st

from dashboard import address, navigation
from dashboard.say import Say

ICON = Path(__file__).parent / "icon.svg"  # a symbol by name would be fetched from a foreign host
BACK = Path(__file__).parent / "back.js"
# A projector has 1280 by 720 points: the picture gets them, not the margins.
ROOM = """
.stMainBlockContainer { padding: 2rem 3.2rem 3rem; }
.stAppHeader { background: transparent; }
[data-testid="stPageLink"] p { white-space: normal; }
.stElementContainer:has(> .stHtml script) { display: none; }
"""

st.set_page_config(page_title="hubscope", page_icon=str(ICON), layout="wide")
st.html(f"<style>{ROOM}</style>")
st.html(f"<script>{BACK.read_text(encoding='utf-8')}</script>", unsafe_allow_javascript=True)
say = Say(address.language(address.arrive()))
# Folded, the navigation would say "View more" in English only.
st.navigation(navigation.pages(say), expanded=True).run()
