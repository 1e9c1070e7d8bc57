"""The copy as other tools read it: its card, a Croissant and a Frictionless descriptor, and how to cite it.

All four stand beside `latest.json` and tell of the newest snapshot; what they say of a file is what the manifest says.
"""

import json
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from warehouse.publication.card import card, fields
from warehouse.publication.content import Column, Publication, PublishedFile
from warehouse.publication.credits import licence_of
from warehouse.publication.index import CARD, CITATION, CROISSANT, DATA_PACKAGE
from warehouse.publication.inventory import told

HERE = Path(__file__).parent
PARQUET = "application/x-parquet"
"""As Croissant's readers know it; the registered application/vnd.apache.parquet they refuse."""
SPDX = {"cc-by-4.0": "CC-BY-4.0", "odbl": "ODbL-1.0"}
"""How a licence that the copy may bear is called outside the Hub."""
TYPES = {
    "varchar": ("sc:Text", "string"),
    "bigint": ("sc:Integer", "integer"),
    "integer": ("sc:Integer", "integer"),
    "double": ("sc:Float", "number"),
    "boolean": ("sc:Boolean", "boolean"),
    "date": ("sc:Date", "date"),
    "timestamp": ("sc:DateTime", "datetime"),
}
"""A column's type, as Croissant and as Frictionless call it; a list is told beside it."""
KEYWORDS = ("open models", "Hugging Face Hub", "OpenAI API", "licences", "downloads", "model lineage")


def explained(publication: Publication, repository: str | None = None) -> dict[str, bytes]:
    """All that explains the copy, by file name. repository: where it lies on the Hub, if it does."""
    return {
        CARD: card(publication, repository),
        CROISSANT: _written(_croissant(publication)),
        DATA_PACKAGE: _written(_data_package(publication)),
        CITATION: _citation(publication),
    }


def _written(descriptor: dict[str, Any]) -> bytes:
    return json.dumps(descriptor, indent=1, ensure_ascii=False).encode() + b"\n"


def _title(publication: Publication) -> str:
    return "Open model ecosystem" + (" (simulated demo data)" if publication.is_simulated else "")


def _description(publication: Publication) -> str:
    of = "Simulated: no number here is of the real world. " if publication.is_simulated else ""
    return (
        f"{of}What the Hugging Face Hub, OpenAI's list of models, models.dev and PyPI say, kept over time by hubscope; "
        f"the snapshot of {publication.snapshot_at:%Y-%m-%d %H:%M} UTC with its history."
    )


def _spdx(publication: Publication) -> str:
    return SPDX[licence_of(publication.sources)]


def _version(publication: Publication) -> str:
    """The day, as both formats want a version: three numbers."""
    day = publication.snapshot_at
    return f"{day.year}.{day.month}.{day.day}"


def _address_of(licence: str) -> str:
    return f"https://spdx.org/licenses/{licence}.html"


def _croissant(publication: Publication) -> dict[str, Any]:
    """Croissant 1.0 (https://docs.mlcommons.org/croissant/docs/croissant-spec.html)."""
    return {
        "@context": _context(),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "open-model-ecosystem",
        "alternateName": _title(publication),
        "description": _description(publication),
        "license": _address_of(_spdx(publication)),
        "version": _version(publication),
        "datePublished": f"{publication.snapshot_at:%Y-%m-%d}",
        "creator": {"@type": "sc:Organization", "name": "hubscope"},
        "citeAs": f"hubscope: {_title(publication)}, snapshot {publication.name}.",
        "keywords": list(KEYWORDS),
        "isLiveDataset": True,
        "isBasedOn": [_credited(source.credit, source.address, source.licence) for source in publication.sources],
        "distribution": [_file_object(publication, file) for file in publication.files],
        "recordSet": [_record_set(file, publication.columns[Path(file.name).stem]) for file in publication.files],
    }


@cache
def _context() -> dict[str, Any]:
    context: dict[str, Any] = json.loads((HERE / "croissant_context.json").read_bytes())
    return context


def _credited(credit: str, address: str, licence: str) -> dict[str, str]:
    linked = {"url": address} if address.startswith("http") else {}
    return {"@type": "sc:CreativeWork", "name": credit, **linked, "license": licence}


def _file_object(publication: Publication, file: PublishedFile) -> dict[str, str]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "contentUrl": f"{publication.path}/{file.name}",
        "contentSize": f"{file.bytes} B",
        "encodingFormat": PARQUET,
        "sha256": file.sha256,
    }


def _record_set(file: PublishedFile, columns: tuple[Column, ...]) -> dict[str, Any]:
    table = Path(file.name).stem
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "description": told()[table].description,
        "key": [{"@id": f"{table}/{column}"} for column in told()[table].grain],
        "field": [_field(file, table, column) for column in columns],
    }


def _field(file: PublishedFile, table: str, column: Column) -> dict[str, Any]:
    kind = column.type.removesuffix("[]")
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": column.name,
        "description": _meaning(column.name),
        "dataType": TYPES[kind][0],
        **({"repeated": True} if column.type != kind else {}),
        "source": {"fileObject": {"@id": file.name}, "extract": {"column": column.name}},
    }


def _meaning(column: str) -> str:
    told_of = fields()[column]
    return f"{told_of.meaning} ({told_of.unit})" if told_of.unit else told_of.meaning


def _data_package(publication: Publication) -> dict[str, Any]:
    """Frictionless Data Package (https://specs.frictionlessdata.io/data-package/)."""
    licence = _spdx(publication)
    return {
        "name": "open-model-ecosystem",
        "title": _title(publication),
        "description": _description(publication),
        "version": _version(publication),
        "created": f"{publication.built_at:%Y-%m-%dT%H:%M:%SZ}",
        "keywords": list(KEYWORDS),
        "licenses": [{"name": licence, "path": _address_of(licence)}],
        "contributors": [{"title": "hubscope", "role": "publisher"}],
        "sources": [
            {
                "title": f"{source.credit}: {source.licence}",
                **({"path": source.address} if source.address.startswith("http") else {}),
            }
            for source in publication.sources
        ],
        "resources": [_resource(publication, file) for file in publication.files],
    }


def _resource(publication: Publication, file: PublishedFile) -> dict[str, Any]:
    table = Path(file.name).stem
    return {
        "name": table,
        "description": told()[table].description,
        "path": f"{publication.path}/{file.name}",
        "format": "parquet",
        "mediatype": PARQUET,
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "schema": {
            "fields": [
                {
                    "name": column.name,
                    "type": "array" if column.type.endswith("[]") else TYPES[column.type][1],
                    "description": _meaning(column.name),
                }
                for column in publication.columns[table]
            ],
            "primaryKey": list(told()[table].grain),
        },
    }


def _citation(publication: Publication) -> bytes:
    """Citation File Format 1.2.0; every string is written as JSON, which YAML reads as it is."""
    environment = Environment(loader=FileSystemLoader(HERE), undefined=StrictUndefined, keep_trailing_newline=True)
    environment.filters["quoted"] = partial(json.dumps, ensure_ascii=False)
    return (
        environment.get_template("citation.cff.j2")
        .render(
            title=_title(publication),
            abstract=_description(publication),
            licence=_spdx(publication),
            version=publication.name,
            day=f"{publication.snapshot_at:%Y-%m-%d}",
            keywords=KEYWORDS,
            sources=publication.sources,
        )
        .encode()
    )
