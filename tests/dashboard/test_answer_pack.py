"""A reader's own rows as a chart and as a pack: what is drawn first, in which colours, and a hash that others can check."""

import hashlib
import io
import json
import zipfile

import pandas as pd
import pytest

from dashboard import theme
from dashboard.charts import answer
from dashboard.export import pictures
from dashboard.export.answer_pack import Answer, pack
from dashboard.say import LANGUAGES, Say
from tests.dashboard.exporting import NOW

DAYS = pd.DataFrame(
    {
        "at": pd.to_datetime(["2026-01-01", "2026-02-01"] * 2),
        "kind": ["model", "model", "data.set", "data.set"],
        "n[0].x": [1, 2, 3, None],
    }
)


@pytest.mark.parametrize(
    ("rows", "chosen"),
    [
        (DAYS, {"x": "at", "y": "n[0].x", "colour": "kind", "mark": "line"}),
        (DAYS.drop(columns="at"), {"x": "kind", "y": "n[0].x", "colour": "", "mark": "bar"}),
        (pd.DataFrame({"a": [1], "b": [2]}), {"x": "a", "y": "b", "colour": "", "mark": "dot"}),
        (pd.DataFrame({"a": ["x"], "b": ["y"]}), {}),
        (pd.DataFrame({"a": [1]}), {}),
    ],
)
def test_what_is_most_likely_wanted_is_drawn_first(rows, chosen):
    assert answer.first_choice(rows) == chosen


@pytest.mark.parametrize("mark", answer.MARKS)
@pytest.mark.parametrize("mode", theme.MODES)
def test_every_kind_of_chart_shows_the_rows_in_our_colours_whatever_the_columns_are_called(mark, mode):
    chosen = {"x": "at", "y": "n[0].x", "colour": "kind", "mark": mark}
    spec = Answer("select 1", DAYS, "build-1", True).spec(Say("en"), chosen, mode=mode)
    colours = [theme.SHADES[mode].get(colour, colour) for colour in theme.PALETTE[:2]]
    assert spec["encoding"]["color"]["scale"] == {"domain": ["model", "data.set"], "range": colours}
    (rows,) = spec["datasets"].values()
    assert [(row["colour"], row["y"]) for row in rows] == [
        ("model", 1.0),
        ("model", 2.0),
        ("data.set", 3.0),
        ("data.set", None),
    ]
    assert spec["encoding"]["y"]["title"] == "n[0].x"
    assert "simulated" in " ".join(spec["title"]["subtitle"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pack_holds_rows_query_build_and_picture_and_its_hash_is_that_of_the_rows(language):
    say, made = Say(language), Answer("select '许可证' as a", DAYS, "build-1", True)
    chosen = answer.first_choice(DAYS)
    archive = zipfile.ZipFile(io.BytesIO(pack(made, say, chosen, mode="light", now=NOW)))
    files = {name.removeprefix("hubscope-query/"): archive.read(name) for name in archive.namelist()}
    assert set(files) == {"answer.csv", "query.sql", "answer.svg", "answer.png", "metadata.json", "README.txt"}
    about = json.loads(files["metadata.json"])
    assert about["sha256"] == hashlib.sha256(files["answer.csv"]).hexdigest()
    assert (about["query"], about["build_id"], about["chart"], about["is_simulated"]) == (
        made.query,
        "build-1",
        chosen,
        True,
    )
    assert about["sha256"].startswith(made.hash) and made.hash in files["README.txt"].decode()
    assert files["query.sql"].decode().strip() == made.query
    assert "build-1" in files["answer.svg"].decode() and made.hash in files["answer.svg"].decode()
    without = zipfile.ZipFile(io.BytesIO(pack(made, say, {}, mode="light", now=NOW)))
    assert not any(name.endswith((".svg", ".png")) for name in without.namelist())


def test_values_of_every_kind_are_drawn_or_left_out_and_never_an_error():
    odd = pd.DataFrame(
        {
            "lists": [[1, 2], [3], None],
            "maps": [{"a": 1}, {}, None],
            "truths": [True, False, True],
            "spans": pd.to_timedelta([1, 2, 3], unit="D"),
            "zoned": pd.to_datetime(["2026-01-01", "2026-01-02", None], utc=True),
            "n": [1.5, float("inf"), 1e30],
        }
    )
    assert answer.first_choice(odd) == {"x": "zoned", "y": "n", "colour": "lists", "mark": "line"}
    for x in odd.columns:
        made = Answer("select 1", odd, "build-1", False)
        spec = made.spec(Say("zh"), {"x": x, "y": "n", "colour": "maps", "mark": "bar"}, mode="dark", width=600)
        assert "Infinity" not in json.dumps(spec["datasets"], default=str)
        assert pictures.svg(spec).startswith(b"<svg")
    assert answer.refusal(odd, "lists") is None


def test_text_of_strangers_stays_text_in_chart_and_pack():
    rows = pd.DataFrame({"<b>": ["</svg><script>alert(1)</script>", "=1+1"], "n": [1, 2]})
    made = Answer("select 1 -- </script>", rows, "build-1", False)
    chosen = answer.first_choice(rows)
    archive = zipfile.ZipFile(io.BytesIO(pack(made, Say("en"), chosen, mode="light", now=NOW)))
    drawn = archive.read("hubscope-query/answer.svg").decode()
    assert "<script>" not in drawn and "&lt;script" in drawn
    assert "'=1+1" in archive.read("hubscope-query/answer.csv").decode("utf-8-sig")
