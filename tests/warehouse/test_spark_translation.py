"""What SQLGlot does not know of the two dialects, and would pass over in silence."""

import pytest

pytest.importorskip("sqlglot", reason="hubscope[spark] is not installed")
from warehouse.spark.translate import macro, to_spark

COLUMNS = {
    "t": {"k": "BIGINT", "words": "VARCHAR[]", "at": "TIMESTAMP", "since": "TIMESTAMP"},
    "gone": {"k": "BIGINT"},
    "more": {"k": "BIGINT", "label": "VARCHAR"},
}


@pytest.mark.parametrize(
    ("selected", "said"),
    [
        ("len(words)", "SIZE(`t`.`words`)"),
        ("length(words[1])", "LENGTH(TRY_ELEMENT_AT(`t`.`words`, 1))"),
        ("words[k]", "TRY_ELEMENT_AT(`t`.`words`, CAST(`t`.`k` AS INT))"),
        ("row_number() over ()", "MONOTONICALLY_INCREASING_ID() + 1"),
        ("percentile_cont(0.9) within group (order by k)", "PERCENTILE(`t`.`k`, 0.9)"),
        ("max(k, 3)", "MAX_BY(`t`.`k`, `t`.`k`, 3)"),
        ("date_diff('second', since, at)", "DATEDIFF(SECOND, DATE_TRUNC('SECOND', `t`.`since`), DATE_TRUNC('SECOND', `t`.`at`))"),
        ("list_has_all(words, ['a'])", "SIZE(ARRAY_EXCEPT(ARRAY('a'), `t`.`words`)) = 0"),
    ],
)  # fmt: skip
def test_it_means_the_same(selected, said):
    assert said in to_spark(f"select {selected} as x from t", COLUMNS, {})


def test_a_macro_that_calls_another_is_written_out_whole():
    macros = {"twice": macro(["x"], "x + x"), "four_times": macro(["y"], "twice(twice(y))")}
    assert "(((`t`.`k` + `t`.`k`) + (`t`.`k` + `t`.`k`)))" in to_spark(
        "select four_times(k) as n from t", COLUMNS, macros
    )


def test_what_an_anti_join_looked_into_is_not_seen_after_it():
    query = to_spark("select k, label from t anti join gone using (k) left join more using (k)", COLUMNS, {})
    assert "ON `t`.`k` = `gone`.`k` LEFT JOIN `more` AS `more` ON `t`.`k` = `more`.`k`" in query


def test_a_union_by_name_is_one_by_place_with_the_columns_in_order():
    query = to_spark("select k, at from t union all by name select since as at, k from t", COLUMNS, {})
    assert query.endswith("UNION ALL SELECT `t`.`k`, `t`.`since` AS `at` FROM `t` AS `t`")
