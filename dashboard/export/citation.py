"""The citation pack of one figure or table: data, SQL, picture, where they come from, and how to cite them."""

import hashlib
import io
import json
import re
import zipfile
from dataclasses import asdict
from datetime import datetime
from typing import Any

from dashboard.captions import origin
from dashboard.choices import write_pin
from dashboard.export import pictures
from dashboard.export.exhibit import Exhibit
from dashboard.export.markdown import unmarked
from dashboard.printable import printable
from dashboard.say import Say
from warehouse.manifest import software_version
from warehouse.sandbox.spreadsheet import NOTE

AUTHOR = "hubscope"
_MARKS_OF_TEX = re.compile(r"([&%$#_{}])")
_LONGER_IN_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def pack(exhibit: Exhibit, say: Say, *, mode: str, now: datetime) -> bytes:
    """A zip file: README, CSV, Parquet, SQL, SVG and PNG (of a figure), metadata.json with checksums, BibTeX and CSL.

    now: naive UTC, the moment of export.
    """
    files = _parts(exhibit, say, mode)
    about = metadata(exhibit, say, now)
    files["citation.bib"] = bibtex(about).encode()
    files["citation.json"] = _json([csl(about)])
    files["README.txt"] = readme(about, list(files), say).encode()
    about["files"] = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)} for name, content in files.items()
    }
    files["metadata.json"] = _json(about)
    return zipped(files, f"hubscope-{exhibit.name}", now)


def metadata(exhibit: Exhibit, say: Say, now: datetime) -> dict[str, Any]:
    """All that a reader of the numbers must know, for people and programs."""
    facts, snapshot = exhibit.facts, exhibit.facts.snapshot
    source = "simulated" if facts.is_simulated else exhibit.shown.source
    return {
        "id": _identifier(exhibit),
        "key": exhibit.key,
        "title": exhibit.title(say),
        "description": (exhibit.spec(say, mode="light") or {}).get("description"),
        "language": say("export.formats.tag"),
        "is_simulated": facts.is_simulated,
        "snapshot": _snapshot(exhibit),
        "view": (exhibit.choices.pinned(snapshot) if snapshot else exhibit.choices).to_address(),
        "counted": facts.shown,
        "of": facts.total,
        "undeclared": facts.undeclared,
        "rows": len(facts.frame),
        "columns": {str(name): say.column(str(name)) for name in facts.frame.columns},
        "provenance": exhibit.provenance(say),
        "caveats": exhibit.caveats(say),
        "csv_note": NOTE,
        "source": {"name": origin(say, exhibit.shown, facts), "terms": say(f"sources.terms.{source}")},
        "software": {"name": "hubscope", "version": software_version(), "licence": "Apache-2.0"},
        "url": exhibit.address(say) or None,
        "build_id": exhibit.build_id,
        "exported_at": now.isoformat(timespec="seconds") + "Z",
    }


def bibtex(about: dict[str, Any]) -> str:
    """One entry for a bibliography, its text made safe for TeX."""
    year, month, day = _issued(about)
    software = about["software"]
    fields = {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{_tex(about['title'])}}}",
        "year": str(year),
        "month": str(month),
        "day": str(day),
        "howpublished": _tex(f"{software['name']} {software['version']}, build {about['build_id']}"),
        "note": _tex(about["provenance"]),
        "language": about["language"],
    }
    if about["url"]:
        fields |= {"url": about["url"], "urldate": about["exported_at"][:10]}
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{about['id']},\n{lines},\n}}\n"


def csl(about: dict[str, Any]) -> dict[str, Any]:
    """The same entry for programs that read CSL (Zotero, pandoc)."""
    exported = datetime.fromisoformat(about["exported_at"].removesuffix("Z"))
    entry = {
        "id": about["id"],
        "type": "graphic" if about["description"] else "dataset",
        "author": [{"literal": AUTHOR}],
        "title": about["title"],
        "issued": {"date-parts": [list(_issued(about))]},
        "accessed": {"date-parts": [[exported.year, exported.month, exported.day]]},
        "version": about["software"]["version"],
        "number": about["build_id"],
        "language": about["language"],
        "note": about["provenance"],
    }
    return entry | ({"URL": about["url"]} if about["url"] else {})


def readme(about: dict[str, Any], names: list[str], say: Say) -> str:
    """What the pack holds and how to cite it, for people."""
    files = [f"{name}\n    {say(f'export.pack.files.{kind_of(name)}')}" for name in [*names, "metadata.json"]]
    cited = say(
        "export.pack.cited",
        author=AUTHOR,
        year=_issued(about)[0],
        title=about["title"],
        version=about["software"]["version"],
        build=about["build_id"],
    )
    parts = [
        about["title"],
        about["description"] or "",
        about["provenance"],
        f"{say('export.pack.cite')}\n\n{cited}{' ' + about['url'] if about['url'] else ''}\n\n{say('export.pack.cite_how')}",
        f"{say('export.pack.holds')}\n\n" + "\n".join(files),
        f"{say('export.pack.terms')}\n\n{about['source']['terms']}",
        f"{say('export.pack.caveats')}\n\n" + "\n".join(f"- {unmarked(one)}" for one in about["caveats"])
        if about["caveats"]
        else "",
    ]
    return printable("\n\n".join(part for part in parts if part)) + "\n"


def kind_of(name: str) -> str:
    """What a file is, by its name: citations by all of it, others by their ending."""
    return {"citation.json": "csl", "metadata.json": "metadata"}.get(name, name.rpartition(".")[2])


def _snapshot(exhibit: Exhibit) -> dict[str, Any] | None:
    """What the numbers are of; a simulated Hub stood on somebody's machine and has no address that others could ask."""
    snapshot = exhibit.facts.snapshot
    if snapshot is None:
        return None
    return asdict(snapshot) | ({"endpoint": None} if snapshot.is_simulated else {})


def _parts(exhibit: Exhibit, say: Say, mode: str) -> dict[str, bytes]:
    parquet = io.BytesIO()
    exhibit.facts.frame.to_parquet(parquet, index=False)
    files = {
        f"{exhibit.name}.csv": exhibit.csv,
        f"{exhibit.name}.parquet": parquet.getvalue(),
        f"{exhibit.name}.sql": (exhibit.facts.sql + "\n").encode(),
    }
    spec = exhibit.spec(say, mode=mode, width=pictures.WIDTH)
    if spec is not None:
        files[f"{exhibit.name}.svg"] = pictures.svg(spec, exhibit.source_line(say))
        files[f"{exhibit.name}.png"] = pictures.png(spec, exhibit.source_line(say))
    return files


def zipped(files: dict[str, bytes], folder: str, now: datetime) -> bytes:
    """All in one folder, dated, so that two packs unpack side by side."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}", now.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, part)
    return content.getvalue()


def _identifier(exhibit: Exhibit) -> str:
    """Unique among a reader's references: what it shows and of when."""
    when = write_pin(exhibit.moment) if exhibit.moment else exhibit.build_id
    return f"hubscope-{exhibit.name}-{when}"


def _issued(about: dict[str, Any]) -> tuple[int, int, int]:
    """The day of the snapshot; of facts that none dates, the day of export."""
    snapshot = about["snapshot"]
    day = snapshot["snapshot_at"] if snapshot else datetime.fromisoformat(about["exported_at"].removesuffix("Z"))
    return day.year, day.month, day.day


def _tex(text: str) -> str:
    escaped = "".join(_LONGER_IN_TEX.get(sign, _MARKS_OF_TEX.sub(r"\\\1", sign)) for sign in text)
    return " ".join(escaped.split())


def _json(value: Any) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False, default=str).encode()
