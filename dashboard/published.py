"""The published site as others link to it: under which address it stands, and which file of it holds which view."""

import os
from urllib.parse import urlsplit

from dashboard.choices import KINDS, WEIGHTS
from dashboard.sheets import SHEETS
from warehouse.errors import ExportError

VARIABLE = "HUBSCOPE_SITE_URL"


def site_address() -> str:
    """Where readers find the site, with a slash at its end; empty where nobody said. ExportError when that is no address."""
    stated = os.environ.get(VARIABLE, "").strip()
    if not stated:
        return ""
    parts = urlsplit(stated)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise ExportError(
            f"{VARIABLE} is {stated!r}, which is no address of a site. Nothing was done; give one such as "
            "https://example.org/hubscope, or unset it."
        )
    return stated.rstrip("/") + "/"


def page_file(key: str, kind: str = KINDS[0], weight: str = WEIGHTS[0]) -> str:
    """The page of a choice; defaults are left out, as in an address."""
    stem = "index" if key == SHEETS[0].key else key
    chosen = [value for value, default in ((kind, KINDS[0]), (weight, WEIGHTS[0])) if value != default]
    return "-".join([stem, *chosen]).replace("_", "-") + ".html"
