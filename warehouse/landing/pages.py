"""What a page of a listing must look like, and what can be saved of one that DuckDB refuses."""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from warehouse.errors import BadPage
from warehouse.listings import Listing
from warehouse.manifest import Finding

STRUCTURES = {"cardData": dict, "safetensors": dict, "gguf": dict, "tags": list, "models": list, "datasets": list}
"""The fields of a Hub record whose shape `hub_records.sql` declares; all else is read as text."""
LARGEST_RECORD = 8_000_000
"""Bytes. DuckDB stops at 32 MB; the largest real records are file lists, which are not read here."""
LARGEST_AT_NEED = (1_000_000, 100_000)
"""Bytes. Beyond that a record is set aside where its page would take more memory than there is: the giants first."""
INTEGER_DIGITS = 40
"""More than any counter has, and far below the 4,300 at which Python refuses to read on."""


class Findings:
    """Counts odd input by reason and keeps three short examples of each."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._examples: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, reason: str, example: object = None, *, count: int = 1) -> None:
        self._counts[reason] += count
        if example is not None and len(self._examples[reason]) < 3:
            self._examples[reason].append(_short(example))

    def extend(self, findings: tuple[Finding, ...]) -> None:
        for finding in findings:
            self.add(finding.reason, count=finding.count)
            for example in finding.examples[: 3 - len(self._examples[finding.reason])]:
                self._examples[finding.reason].append(example)

    def all(self) -> tuple[Finding, ...]:
        return tuple(
            Finding(reason, count, tuple(self._examples[reason])) for reason, count in self._counts.most_common()
        )


def check_page(listing: Listing, body: bytes) -> None:
    """Raise BadPage when an answer is visibly no page of this listing.

    A page of a Hub listing is only looked at from both ends, for there are thousands; the others are few, and read.
    """
    body = body.removeprefix(b"\xef\xbb\xbf").strip()
    closes_with = {b"[": b"]", b"{": b"}"}[listing.opens_with]
    if not body.startswith(listing.opens_with) or not body.endswith(closes_with):
        raise BadPage(f"not a page of {listing.name}: it begins {_short(body[:60].decode('utf-8', 'replace'))!r}")
    if listing.opens_with == b"{":
        content = _load(body)
        if listing.page_list and not isinstance(content.get(listing.page_list), list):
            raise BadPage(f"not a page of {listing.name}: it has no list {listing.page_list!r}")
        if content and not any(isinstance(value, dict | list) for value in content.values()):
            raise BadPage(f"not a page of {listing.name}: {_short(content)}")


def repaired(
    listing: Listing, body: bytes, *, largest: int = LARGEST_RECORD
) -> tuple[bytes, tuple[Finding, ...], tuple[Finding, ...]]:
    """The same page as DuckDB can read it, record by record; with the records rejected and the values dropped.

    largest: bytes of a record beyond which it is rejected.

    Raises BadPage when it is not JSON at all.
    """
    rejected, odd = Findings(), Findings()
    content = _load(body)
    if listing.opens_with == b"{":
        return _as_bytes(content, odd, listing.name), (), odd.all()
    if not isinstance(content, list):
        raise BadPage(f"not a page of {listing.name}: no list")
    records = []
    for record in _objects(content, rejected, odd):
        text = _as_bytes(record, odd, record.get("id"))
        if len(text) > largest:
            rejected.add(f"larger than {largest / 1e6:g} MB", record.get("id"))
        else:
            records.append(text)
    return b"[" + b",\n".join(records) + b"]", rejected.all(), odd.all()


def _objects(content: list[Any], rejected: Findings, odd: Findings) -> Iterator[dict[str, Any]]:
    for record in content:
        if not isinstance(record, dict):
            rejected.add("not an object", record)
            continue
        for name, shape in STRUCTURES.items():
            if record.get(name) is not None and not isinstance(record[name], shape):
                odd.add(f"{name} has an unknown shape, dropped", record.get("id"))
                del record[name]
        record.pop("siblings", None)
        yield record


def _load(body: bytes) -> Any:
    """JSON with what real answers hold beside it: NaN, numbers of any length, bare control characters, broken UTF-8."""
    try:
        return json.loads(
            body.decode("utf-8-sig", "replace"),
            strict=False,
            parse_constant=lambda _: None,
            parse_int=lambda digits: int(digits) if len(digits) <= INTEGER_DIGITS else None,
            parse_float=lambda digits: float(digits) if math.isfinite(float(digits)) else None,
        )
    except json.JSONDecodeError as error:
        raise BadPage(f"not JSON: {error}") from error
    except RecursionError as error:
        raise BadPage("not JSON that can be read: nested too deep") from error


def _as_bytes(value: Any, odd: Findings, example: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False)
    try:
        content = text.encode()
    except UnicodeEncodeError:
        content = text.encode("utf-8", "replace")
    if len(content) != len(text.encode("utf-8", "surrogatepass")) or "\ufffd" in text:
        odd.add("text is not valid Unicode, replaced", example)
    return content


def _short(example: object) -> str:
    """At most 60 characters of a thing, on one line and with nothing that would disturb a terminal."""
    text = example if isinstance(example, str) else json.dumps(example, ensure_ascii=True, default=str)
    return "".join(character if character.isprintable() else "?" for character in text[:60])
