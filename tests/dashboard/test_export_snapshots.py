"""Sites of several days beside each other know of each other, and of nothing else that lies there."""

import json

from dashboard.export.outputs import MARK
from dashboard.export.snapshots import LISTED, MADE_BY, introduce


def _site(folder, name, made_by=MADE_BY):
    (folder / name / "assets").mkdir(parents=True)
    (folder / name / MARK).write_text(json.dumps({"made_by": made_by}), encoding="utf-8")
    introduce(folder / name)
    return folder / name


def _listed(site) -> list[str]:
    return json.loads(
        (site / "assets" / LISTED).read_text().removeprefix("window.snapshots = ").rstrip().removesuffix(";")
    )


def test_a_site_of_another_day_is_offered_in_both(tmp_path):
    first = _site(tmp_path, "2026-10-01")
    assert _listed(first) == []
    second = _site(tmp_path, "2026-11-01")
    assert _listed(first) == _listed(second) == ["2026-10-01", "2026-11-01"]


def test_a_site_that_is_named_otherwise_stays_alone(tmp_path):
    day, other = _site(tmp_path, "2026-10-01"), _site(tmp_path, "public")
    assert _listed(day) == _listed(other) == []


def test_a_folder_that_hubscope_did_not_write_as_a_site_is_left_as_it_is(tmp_path):
    for name, mark in (
        ("2026-09-01", "no mark at all"),
        ("2026-09-02", '{"made_by": "someone"}'),
        ("2026-09-03", "[]"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / MARK).write_text(mark, encoding="utf-8")
    assert _listed(_site(tmp_path, "2026-10-01")) == []
    assert [path.name for path in (tmp_path / "2026-09-02").iterdir()] == [MARK]
