"""Publishing to a data set on the Hub: everything in one commit, on top of the revision that was looked at."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
from click import BadParameter
from huggingface_hub import CommitOperationAdd, HfApi, set_client_factory
from huggingface_hub.errors import EntryNotFoundError, HfHubHTTPError, OfflineModeIsEnabled
from huggingface_hub.hf_api import RepoFile, RepoFolder
from huggingface_hub.utils import disable_progress_bars

from collector.client import open_hub_client
from collector.progress import Report
from collector.upstream import Upstream
from warehouse.errors import PublishError, SourceError
from warehouse.publication.content import HISTORY, MANIFEST, SNAPSHOTS, Publication
from warehouse.publication.descriptors import explained
from warehouse.publication.index import LATEST, Published, latest, refuse_other_content
from warehouse.read import open_current
from warehouse.settings import Home

PATIENCE = 300.0  # seconds without a byte either way: a large commit takes the Hub its time


def hub_dataset(place: str) -> str | None:
    """`owner/name` of an address on the Hub; None for a folder. BadParameter for any other address."""
    if "://" not in place:
        return None
    if found := re.fullmatch(r"hf://datasets/([\w.-]+/[\w.-]+?)/?", place):
        return found[1]
    raise BadParameter(
        f"{place} is no place to publish to: give hf://datasets/USER/NAME, or a folder.", param_hint="--to"
    )


def refuse_simulated(home: Home, place: str, *, is_asked_for: bool) -> None:
    """Refuse to publish demo data unless that was asked for."""
    if open_current(home).is_simulated and not is_asked_for:
        raise PublishError(
            f"{home.path} holds simulated data, which nobody should find on the Hub by mistake. Nothing was published to "
            f"{place}; with --simulated it is, and its card says what it is."
        )


def publish_to_hub(publication: Publication, repository: str, *, upstream: Upstream, report: Report) -> Published:
    """Publish into the data set `owner/name`, made (public) if it is missing. The Hub shows all of it or nothing.

    Raises PublishError without a token, when the Hub refuses or fails, or when other data stand under that name there.
    """
    place = f"hf://datasets/{repository}"
    if not upstream.hub_token:
        raise PublishError(
            f"{place} needs a token that may write to it, and HF_TOKEN is not set. Nothing was published; make one at "
            f"{upstream.hub}/settings/tokens, set HF_TOKEN and run again."
        )
    set_client_factory(lambda: open_hub_client(upstream.hub, timeout=PATIENCE))
    if not report.shows_bars:
        disable_progress_bars()
    api = HfApi(endpoint=upstream.hub, token=upstream.hub_token, library_name="hubscope")
    with _in_words(upstream, place):
        api.create_repo(repository, repo_type="dataset", exist_ok=True)
        head = api.repo_info(repository, repo_type="dataset").sha
        names = {item.path.removeprefix(f"{SNAPSHOTS}/") for item in _listed(api, repository, SNAPSHOTS, head)}
        if publication.name in names:
            _refuse_difference(publication, place, _listed(api, repository, publication.path, head))
            return Published(publication.name, place, is_new=False)
        operations = [
            CommitOperationAdd(f"{publication.path}/{name}", publication.folder / name)
            for name in (*(file.name for file in publication.files), MANIFEST)
        ]
        held = {item.path for item in _listed(api, repository, HISTORY, head, recursive=True)}
        new = [file for file in publication.history if file.path not in held]
        operations += [CommitOperationAdd(file.path, publication.folder / file.path) for file in new]
        if publication.name > max(names, default=""):
            told = explained(publication, repository) | {LATEST: latest(publication, names, publication.manifest)}
            operations += [CommitOperationAdd(name, content) for name, content in told.items()]
        size = sum(file.bytes for file in publication.files) + sum(file.bytes for file in new)
        report.say(f"{place}: {size / 1e6:,.1f} MB in one commit")
        api.create_commit(
            repository,
            operations,
            repo_type="dataset",
            commit_message=f"Snapshot {publication.name}",
            parent_commit=head,
        )
    return Published(publication.name, place, is_new=True)


def _listed(
    api: HfApi, repository: str, folder: str, revision: str | None, *, recursive: bool = False
) -> list[RepoFile | RepoFolder]:
    """What lies in a folder; nothing where there is no such folder."""
    try:
        return list(api.list_repo_tree(repository, folder, revision=revision, repo_type="dataset", recursive=recursive))
    except EntryNotFoundError:
        return []


def _refuse_difference(publication: Publication, place: str, held: list[RepoFile | RepoFolder]) -> None:
    """The manifest aside, which names the build: the same data may have been built twice."""
    found = {item.path: item for item in held if isinstance(item, RepoFile)}
    for file in publication.files:
        there = found.pop(f"{publication.path}/{file.name}", None)
        if there is None or not _is_same(there, publication, file.name, file.sha256):
            raise refuse_other_content(publication, place)
    if found.keys() != {f"{publication.path}/{MANIFEST}"}:
        raise refuse_other_content(publication, place)


def _is_same(there: RepoFile, publication: Publication, name: str, sha256: str) -> bool:
    """Large files are known by their checksum, small ones by git's name for their content."""
    if there.lfs:
        return there.lfs.sha256 == sha256
    content = (publication.folder / name).read_bytes()
    return there.blob_id == hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


@contextmanager
def _in_words(upstream: Upstream, place: str) -> Iterator[None]:
    """Turns what the client raises into PublishError. `from None`: a server may repeat our token in its answer."""
    try:
        yield
    except SourceError as error:  # of our own client, before or while it asks
        raise PublishError(f"{place}: {error} Nothing was published.") from None
    except OfflineModeIsEnabled:
        raise PublishError("HF_HUB_OFFLINE is set, so nothing was published. Unset it and run again.") from None
    except HfHubHTTPError as error:
        status = error.response.status_code
        answer = upstream.quote(error.server_message or "")
        advice = {
            401: "Check HF_TOKEN.",
            403: "The token must be allowed to write there.",
            409: "Somebody else committed at the same moment; run again.",
            412: "Somebody else committed at the same moment; run again.",
        }.get(status, "Run again later.")
        raise PublishError(
            f"{place}: the Hub answered HTTP {status}{': ' + answer if answer else ''}. Nothing was published. {advice}"
        ) from None
    except (httpx2.HTTPError, RuntimeError, ValueError, OSError) as error:
        reason = error.__cause__ if isinstance(error.__cause__, Exception) else error
        said = upstream.quote(f"{type(reason).__name__} {reason}")
        raise PublishError(f"{place}: the upload failed ({said}). Nothing was published; run again.") from None
