"""The index of published snapshots. A name is never reused for different data."""

import hashlib
import json
from dataclasses import dataclass

from warehouse.errors import PublishError
from warehouse.publication.content import FORMAT, MANIFEST, Publication

CARD, CROISSANT, DATA_PACKAGE, CITATION = EXPLAINED = "README.md", "croissant.json", "datapackage.json", "CITATION.cff"
"""What explains the newest snapshot, to people and to the tools of others."""
LATEST = "latest.json"
"""Says which snapshot is the newest. It and what explains that one are all that is ever rewritten."""


@dataclass(frozen=True)
class Published:
    """What became of a publication."""

    name: str
    place: str
    is_new: bool
    """False when the same data stood under that name already."""


def latest(publication: Publication, names: set[str], manifest: bytes) -> bytes:
    """`latest.json`: the newest snapshot, how to check it, and all that there are, newest first."""
    said = {
        "format": FORMAT,
        "snapshot": publication.name,
        "path": publication.path,
        "manifest": f"{publication.path}/{MANIFEST}",
        "manifest_sha256": hashlib.sha256(manifest).hexdigest(),
        "is_simulated": publication.is_simulated,
        "snapshots": sorted(names | {publication.name}, reverse=True),
    }
    return json.dumps(said, indent=1).encode() + b"\n"


def refuse_other_content(publication: Publication, place: str) -> PublishError:
    """To raise where other data stand under the name."""
    return PublishError(
        f"{place} holds {publication.path} already, with other content than build {publication.build_id} has. A published "
        "snapshot is never rewritten, so nothing was changed there. Publish the next snapshot, or publish to another place."
    )
