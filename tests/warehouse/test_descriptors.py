"""What explains a public copy to the tools of others, held against the files themselves, and by those tools where they are installed.

None of the three is light (SciPy and RDF, or packages without a wheel), so no lock names them; with them it is

    uv run --with-requirements requirements-test.lock --with mlcroissant --with frictionless pytest tests/warehouse/test_descriptors.py
"""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pyarrow.parquet
import pytest
import yaml
from pyiceberg.table import StaticTable

from tests.warehouse.marts import MODELS, OPENAI, built, model, openai_list
from warehouse.copies.iceberg import write_iceberg
from warehouse.publication.folder import publish_to_folder
from warehouse.publication.inventory import told
from warehouse.settings import Home

OF_ARROW = {
    "string": ("sc:Text", "string"),
    "int64": ("sc:Integer", "integer"),
    "int32": ("sc:Integer", "integer"),
    "double": ("sc:Float", "number"),
    "bool": ("sc:Boolean", "boolean"),
    "date32[day]": ("sc:Date", "date"),
    "timestamp[us]": ("sc:DateTime", "datetime"),
    "list": ("sc:Text", "array"),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    home = Home(tmp_path_factory.mktemp("described") / "home")
    built(home, {MODELS: [model("a", 5, tags=["license:mit"]), model("b", 3)], OPENAI: openai_list("gpt-1")})
    target = home.path.parent / "public"
    publish_to_folder(home, target)
    return target


@pytest.fixture(scope="module")
def croissant(copy) -> dict:
    return json.loads((copy / "croissant.json").read_bytes())


@pytest.fixture(scope="module")
def package(copy) -> dict:
    return json.loads((copy / "datapackage.json").read_bytes())


def _schema(path: Path) -> dict[str, str]:
    """Column to type, as somebody who knows nothing of hubscope reads the file."""
    return {one.name: str(one.type).partition("<")[0] for one in pyarrow.parquet.read_schema(path)}


def test_both_descriptors_name_every_file_with_its_size_and_hash(copy, croissant, package):
    files = {path: path.read_bytes() for path in copy.glob("snapshots/*/*.parquet")}
    true = {(str(path.relative_to(copy)), len(held), hashlib.sha256(held).hexdigest()) for path, held in files.items()}
    assert len(true) == len(told())
    one = croissant["distribution"]
    assert {(file["contentUrl"], int(file["contentSize"].split()[0]), file["sha256"]) for file in one} == true
    other = package["resources"]
    assert {(file["path"], file["bytes"], file["hash"].removeprefix("sha256:")) for file in other} == true


def test_both_descriptors_name_every_field_in_its_type_with_its_meaning(copy, croissant, package):
    (snapshot,) = copy.glob("snapshots/*")
    sets = {one["name"]: one for one in croissant["recordSet"]}
    for resource in package["resources"]:
        table = resource["name"]
        schema = _schema(snapshot / f"{table}.parquet")
        of_croissant = [
            (one["source"]["extract"]["column"], one["dataType"], one.get("repeated", False))
            for one in sets[table]["field"]
        ]
        assert of_croissant == [(name, OF_ARROW[kind][0], kind == "list") for name, kind in schema.items()], table
        of_frictionless = [(one["name"], one["type"]) for one in resource["schema"]["fields"]]
        assert of_frictionless == [(name, OF_ARROW[kind][1]) for name, kind in schema.items()], table
        described = [*sets[table]["field"], *resource["schema"]["fields"], sets[table], resource]
        assert all(one["description"] for one in described), table
        assert set(resource["schema"]["primaryKey"]) <= schema.keys()


def test_every_source_is_credited_with_its_licence_in_each_of_them(copy, croissant, package):
    (manifest,) = copy.glob("snapshots/*/manifest.json")
    owed = {(source["credit"], source["licence"]) for source in json.loads(manifest.read_bytes())["sources"]}
    assert len(owed) > 3
    assert {(one["name"], one["license"]) for one in croissant["isBasedOn"]} == owed
    assert {one["title"] for one in package["sources"]} == {f"{credit}: {licence}" for credit, licence in owed}
    cited = yaml.safe_load((copy / "CITATION.cff").read_text(encoding="utf-8"))
    assert {(one["title"], one["notes"]) for one in cited["references"]} == {
        (credit, f"Licence: {licence}") for credit, licence in owed
    }


def test_the_copy_bears_one_licence_wherever_it_is_named(copy, croissant, package):
    cited = yaml.safe_load((copy / "CITATION.cff").read_text(encoding="utf-8"))
    (licence,) = package["licenses"]
    card = yaml.safe_load((copy / "README.md").read_text(encoding="utf-8").split("---\n")[1])
    assert cited["license"] == licence["name"] == "CC-BY-4.0"
    assert croissant["license"] == licence["path"]
    assert card["license"] == licence["name"].lower()


def test_a_citation_names_the_snapshot_and_its_day(copy):
    cited = yaml.safe_load((copy / "CITATION.cff").read_text(encoding="utf-8"))
    assert json.loads((copy / "latest.json").read_bytes())["snapshot"] == cited["version"]
    assert cited["version"].startswith(str(cited["date-released"]))


@pytest.mark.filterwarnings("default")  # what those packages do is theirs
def test_croissants_own_reader_finds_no_fault_and_reads_the_rows(copy):
    mlcroissant = pytest.importorskip("mlcroissant", reason="mlcroissant is not light: see above")
    described = mlcroissant.Dataset(str(copy / "croissant.json"))
    assert not described.metadata.issues.errors
    assert not described.metadata.issues.warnings
    rows = list(described.records("repositories"))
    assert [row["repositories/id"].split(b"/")[-1] for row in rows] == [b"a", b"b"]


@pytest.mark.filterwarnings("default")  # what those packages do is theirs
def test_frictionlesss_own_reader_finds_the_package_valid(copy):
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not light: see above")
    report = frictionless.Package.validate_descriptor(str(copy / "datapackage.json"))
    assert report.valid, report.flatten()


def test_the_citation_keeps_to_the_schema_of_its_format(copy):
    if not (program := shutil.which("cffconvert")):
        pytest.skip(
            "no cffconvert on this machine (it cannot be installed beside hubscope: `uv tool install cffconvert`)"
        )
    judged = subprocess.run([program, "--validate", "-i", copy / "CITATION.cff"], capture_output=True, check=False)
    assert judged.returncode == 0, judged.stderr


def test_other_engines_read_the_same_rows_by_iceberg(copy, tmp_path):
    place = shutil.copytree(copy, tmp_path / "a place #1")
    (snapshot,) = (place / "snapshots").iterdir()
    listed = write_iceberg(place, snapshot.name)
    tables = json.loads(listed.read_bytes())
    assert {f"{name}.parquet" for name in tables} == {path.name for path in snapshot.glob("*.parquet")}
    for name in ("openai_models", "repositories", "run_log", "census"):  # of the last there is no row
        read = StaticTable.from_metadata(str(listed.parent / tables[name])).scan().to_arrow()
        assert read.to_pylist() == pyarrow.parquet.read_table(snapshot / f"{name}.parquet").to_pylist()
    before = listed.stat().st_mtime_ns
    assert write_iceberg(place, snapshot.name).stat().st_mtime_ns == before
