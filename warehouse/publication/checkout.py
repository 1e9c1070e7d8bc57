"""Where a publication lies in a git work tree: commit it, and nothing else. Pushing is left to whoever asked."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from warehouse.errors import PublishError
from warehouse.publication.content import MANIFEST, SNAPSHOTS
from warehouse.publication.index import CARD, EXPLAINED, LATEST, Published


def commit_if_checkout(target: Path, published: Published, pages: Iterable[str] = ()) -> str | None:
    """Commit the publication and the `pages` beside it; what was committed, in one line.

    None where `target` is in no work tree, or in one that ignores it. Raises PublishError in git's own words; the files are
    there then, and the next run commits them.
    """
    if not shutil.which("git"):
        return None
    asked = _git(target, "rev-parse", "--is-inside-work-tree")
    if asked.returncode and "not a git repository" not in asked.stderr:  # there is one, and git refuses it
        raise _not_committed(target, asked)
    if asked.stdout.strip() != "true":
        return None
    if _git(target, "check-ignore", "--quiet", CARD).returncode == 0:
        return None
    snapshot = f"{SNAPSHOTS}/{published.name}"
    history = [file["path"] for file in json.loads((target / snapshot / MANIFEST).read_bytes())["history"]]
    explained = (name for name in EXPLAINED if (target / name).exists())  # fewer, where an older hubscope published it
    paths = ("--", *explained, LATEST, snapshot, *history, *pages)
    _must(target, "add", *paths)
    if _git(target, "diff", "--cached", "--quiet", *paths).returncode == 0:
        return None
    _must(target, "commit", "--quiet", "--message", f"Snapshot {published.name}", *paths)
    return f"committed {_git(target, 'rev-parse', '--short', 'HEAD').stdout.strip()}; not pushed"


def _must(target: Path, *arguments: str) -> None:
    done = _git(target, *arguments)
    if done.returncode:
        raise _not_committed(target, done)


def _not_committed(target: Path, done: subprocess.CompletedProcess[str]) -> PublishError:
    said = " ".join(done.stderr.split()) or f"exit code {done.returncode}"
    return PublishError(
        f"The snapshot lies in {target}, but git did not commit it ({said}). Mend that and run again: what is there is committed then."
    )


def _git(target: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "-C", target, *arguments],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "LC_ALL": "C"},  # its words are read
        check=False,
    )
