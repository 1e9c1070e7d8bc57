"""Whom the data are owed to, as the manifests of the lake tell it."""

from collections.abc import Iterable
from dataclasses import dataclass

from warehouse.listings import LISTINGS
from warehouse.manifest import Entry, Manifest

HUB = "https://huggingface.co"
SIDE_SOURCES = {
    "openai_models": ("OpenAI API, list of models", "https://api.openai.com/v1/models", "facts, no licence stated"),
    "catalogue_models": ("models.dev", "https://models.dev", "MIT"),
    "pypi_downloads": (
        "pypistats.org, downloads of packages on PyPI",
        "https://pypistats.org",
        "facts, no licence stated",
    ),
}
SHARE_ALIKE = {"ODbL-1.0": "odbl"}
"""Licences that what is derived must bear too, and how the Hub calls them."""


@dataclass(frozen=True)
class Source:
    """One origin of rows."""

    credit: str
    address: str
    licence: str


def sources_of(manifests: Iterable[Manifest]) -> tuple[Source, ...]:
    """Of all good snapshots whose rows are in the published marts, by credit."""
    found = {
        _source(manifest, entry)
        for manifest in manifests
        for entry in manifest.listings
        if entry.status == "ok" and (LISTINGS[entry.listing].kind or entry.listing in SIDE_SOURCES)
    }
    return tuple(sorted(found, key=lambda source: source.credit))


def licence_of(sources: Iterable[Source]) -> str:
    """What a publication of them may bear, as the Hub calls it: CC-BY-4.0, unless one of them demands its own."""
    demanded = {SHARE_ALIKE[source.licence] for source in sources if source.licence in SHARE_ALIKE}
    return min(demanded, default="cc-by-4.0")


def _source(manifest: Manifest, entry: Entry) -> Source:
    if manifest.is_simulated:
        return Source("hubscope's simulated Hub", "`hubscope demo`", "Apache-2.0")
    if entry.origin:
        return Source(entry.origin.credit, entry.origin.address.split("/resolve/")[0], entry.origin.licence)
    if entry.listing in SIDE_SOURCES:
        return Source(*SIDE_SOURCES[entry.listing])
    mirror = "" if manifest.endpoint.rstrip("/") == HUB else ", read through a mirror"
    return Source(f"Hugging Face Hub API{mirror}", f"{HUB}/api", "facts, no licence stated")
