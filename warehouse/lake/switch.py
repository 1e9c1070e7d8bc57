"""Change many manifests in one step.

What is to change is written whole beside them (`switch.json`) and appears by one rename: from then on it counts. Carrying it
over into the single manifests can be interrupted at any moment and is finished by whoever writes next.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from warehouse.errors import LakeError
from warehouse.files import below, write_atomically
from warehouse.manifest import Manifest


def switch(lake: Path, manifests: Iterable[Manifest]) -> None:
    """Replace the manifests of these runs, all or none. Call it under the home's lock."""
    changed = {manifest.run_id: manifest.to_json() for manifest in manifests}
    write_atomically(_journal(lake), json.dumps(changed).encode(), durable=True)
    finish_switch(lake)


def finish_switch(lake: Path) -> None:
    """Carry over what has been switched, if a run was stopped before it could."""
    pending = pending_switch(lake)
    for run_id, text in pending.items():
        write_atomically(below(lake, "manifests", f"{run_id}.json"), text.encode(), durable=True)
    _journal(lake).unlink(missing_ok=True)


def pending_switch(lake: Path) -> dict[str, str]:
    """Run id → the manifest that counts in place of the one in its file. LakeError when it is not what `switch` wrote."""
    try:
        pending = dict(json.loads(_journal(lake).read_text(encoding="utf-8")))
        for run_id, text in pending.items():
            if Manifest.from_json(text).run_id != run_id:
                raise ValueError(f"the manifest for {run_id} speaks of another run")
        return pending
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LakeError(
            f"{_journal(lake)} is damaged ({error}). Nothing was changed; restore it from a copy."
        ) from error


def _journal(lake: Path) -> Path:
    return lake / "switch.json"
