"""What an .sql file says of itself, and the order in which files build on each other."""

import re

import pytest

from warehouse.duck import SQL
from warehouse.relations import inputs_of, read_relation, read_relations


def write(tmp_path, text):
    path = tmp_path / "mart.sql"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_header_gives_description_grain_and_how_it_is_kept(tmp_path):
    relation = read_relation(
        write(tmp_path, "-- One thing.\n-- And more.\n-- grain: a, b (nullable)\n-- per: snapshot\nselect a, b from t")
    )
    assert (relation.name, relation.description, relation.grain) == ("mart", "One thing. And more.", ("a", "b"))
    assert (relation.nullable, relation.is_per_snapshot, relation.is_stored, relation.is_mart) == (
        {"b"},
        True,
        True,
        False,
    )


@pytest.mark.parametrize("text", ["select 1", "-- One thing.\nselect 1", "-- One thing.\n-- grain: a\nselect 1 from"])
def test_a_file_that_does_not_say_what_it_is_is_refused(tmp_path, text):
    with pytest.raises(ValueError, match=r"grain|one query"):
        read_relation(write(tmp_path, text))


def test_inputs_are_tables_wherever_they_stand_but_not_the_querys_own(tmp_path):
    sql = """
        with own as (select * from deep)
        select (select max(x) from scalar) from own inner join (select y from nested) as inside using (y)
        where exists (select 1 from tested) and z in (select z from listed) union all from other
    """
    assert inputs_of(sql) == {"deep", "scalar", "nested", "tested", "listed", "other"}


def test_relations_come_after_what_they_read():
    relations = read_relations()
    places = {relation.name: place for place, relation in enumerate(relations)}
    for relation in relations:
        assert all(places[name] < places[relation.name] for name in relation.inputs & places.keys())


def test_no_common_table_expression_hides_a_relation():
    names = {relation.name for relation in read_relations()}
    for path in SQL.glob("*/*.sql"):
        if path.parent.name in ("staging", "marts"):
            own = set(
                re.findall(
                    r"^(?:with )?(\w+) as (?:materialized )?\($", path.read_text(encoding="utf-8"), flags=re.MULTILINE
                )
            )
            assert own & names == set(), path.name


def test_every_per_snapshot_mart_is_kept_by_snapshot():
    for relation in read_relations():
        if relation.is_mart and relation.is_per_snapshot:
            assert relation.grain[:3] == ("kind", "coverage", "snapshot_at"), relation.name
