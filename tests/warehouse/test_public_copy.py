"""The page that specifies a public copy is enough to read one: a reader of its own, without a line of hubscope."""

import hashlib
import io
import json
import re
from pathlib import Path
from urllib.request import urlopen

import pyarrow.parquet as pq
import pytest

from tests.collector.copy_server import serving_copy
from tests.warehouse.marts import MODELS, OPENAI, built, model, openai_list, rows
from warehouse.publication.content import FORMAT
from warehouse.publication.folder import publish_to_folder
from warehouse.settings import Home

PAGE = (Path(__file__).parent.parent.parent / "docs" / "public-copy.md").read_text(encoding="utf-8")
TABLE = re.compile(r"[a-z][a-z0-9_]*\.parquet")
HISTORY = re.compile(r"history/[a-z_]+/coverage=[a-z_]+/run=\d{8}T\d{6}Z(\.\d+)?/metrics\.parquet")
TYPES = {
    "bigint": "int64",
    "integer": "int32",
    "double": "double",
    "boolean": "bool",
    "date": "date32[day]",
    "timestamp": "timestamp[us]",
    "varchar": "string",
    "varchar[]": "list<element: string>",
    "bigint[]": "list<element: int64>",
}


class Reader:
    """A copy at an address, read as docs/public-copy.md says."""

    def __init__(self, address: str) -> None:
        self.address = address
        latest = self._json(self._get("latest.json"))
        content = self._get(latest["manifest"])
        assert hashlib.sha256(content).hexdigest() == latest["manifest_sha256"]
        self.folder, self.manifest = latest["path"], self._json(content)

    def tables(self, edition: str):
        """Each table of an edition by its name."""
        for file in self.manifest["files"]:
            assert TABLE.fullmatch(file["name"])
            if edition in ("whole", file["edition"]):
                table = self._parquet(f"{self.folder}/{file['name']}", file)
                found = [(column.name, str(column.type)) for column in table.schema]
                assert found == [(column["name"], TYPES[column["type"]]) for column in file["columns"]]
                yield file["name"].removesuffix(".parquet"), table

    def history(self):
        """Each file of the history, with the listing that it is of."""
        for file in self.manifest["history"]:
            assert HISTORY.fullmatch(file["path"])
            yield file["listing"], self._parquet(file["path"], file)

    def _parquet(self, path: str, file):
        content = self._get(path)
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file["bytes"], file["sha256"])
        table = pq.read_table(io.BytesIO(content))
        assert table.num_rows == file["rows"]
        return table

    def _json(self, content: bytes):
        said = json.loads(content)
        assert said["format"] == 2
        return said

    def _get(self, path: str) -> bytes:
        with urlopen(f"{self.address}/{path}") as answer:
            return answer.read()


@pytest.fixture(scope="module")
def publisher(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Path]:
    folder = tmp_path_factory.mktemp("copy")
    home = Home(folder / "home")
    built(home, {MODELS: [model("a", 5, tags=["license:mit"]), model("b", 3)], OPENAI: openai_list("gpt-1")})
    publish_to_folder(home, folder / "public")
    return home, folder / "public"


def test_a_reader_that_knows_the_page_alone_reads_every_table_and_the_history(publisher):
    home, folder = publisher
    with serving_copy(folder) as server:
        copy = Reader(server.url)
        whole, history = dict(copy.tables("whole")), list(copy.history())
    assert whole["repositories"].sort_by("id").column("downloads").to_pylist() == [5, 3]
    for name, table in whole.items():
        assert table.num_rows == rows(home, f"select count(*) from {name}")[0][0]
    assert [(listing, table.num_rows) for listing, table in history] == [("hub_models", 2)]


def test_the_small_edition_has_no_row_of_a_repository(publisher):
    _, folder = publisher
    with serving_copy(folder) as server:
        small = dict(Reader(server.url).tables("small"))
    assert not {"repositories", "listed_repositories", "absences"} & small.keys() and "population" in small


def test_the_page_names_the_format_and_every_key_that_is_written(publisher):
    _, folder = publisher
    assert f"This is format **{FORMAT}**" in PAGE
    latest = json.loads((folder / "latest.json").read_text())
    manifest = json.loads((folder / latest["manifest"]).read_text())
    keys = [*latest, *manifest, *manifest["files"][0], *manifest["history"][0]]
    assert {key for key in keys if f"`{key}`" not in PAGE} == set()
