"""Whom the data are owed to, as the manifests of the lake tell it."""

from collections.abc import Iterable

from warehouse.listings import LISTINGS, Source
from warehouse.manifest import Entry, Manifest

HUB = "https://huggingface.co"
SHARE_ALIKE = {"ODbL-1.0": "odbl"}
"""Licences that what is derived must bear too, and how the Hub calls them."""


def sources_of(manifests: Iterable[Manifest]) -> tuple[Source, ...]:
    """Of all good snapshots whose rows are in the published marts, by credit."""
    found = {
        _source(manifest, entry)
        for manifest in manifests
        for entry in manifest.listings
        if entry.status == "ok" and (LISTINGS[entry.listing].kind or LISTINGS[entry.listing].credited)
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
    if credited := LISTINGS[entry.listing].credited:
        return credited
    mirror = "" if manifest.endpoint.rstrip("/") == HUB else ", read through a mirror"
    return Source(f"Hugging Face Hub API{mirror}", f"{HUB}/api", "facts, no licence stated")
