"""Numbers as people type them in Chinese and English."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.practice.typed import LONGEST, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("58.2 %", 0.582),
        ("58,2%", 0.582),
        ("58.2％", 0.582),
        ("1.2万", 12_000),
        ("1.2 万个", 12_000),
        ("3.1亿", 310_000_000),
        ("1,234", 1_234),
        ("1 234 567", 1_234_567),
        ("1.234.567", 1_234_567),
        ("1.234,5", 1_234.5),
        ("1,234.5", 1_234.5),
        ("1'234", 1_234),
        ("１２３", 123),
        ("0.582", 0.582),
        ("0,582", 0.582),
        (".5", 0.5),
        ("$1.40", 1.4),
        ("×2.1", 2.1),
        ("约 12 个月", 12),
        ("12 months", 12),
        ("2.16M", 2_160_000),
        ("1.3B parameters", 1_300_000_000),
        ("1e30", 1e30),
        ("-3", -3),
        ("2025年", 2025),
        ("24.4 GB", 24.4),
    ],
)
def test_a_number_is_read_as_it_was_meant(text, number):
    typed = read_number(text)
    assert typed is not None
    assert math.isclose(typed.readings[0], number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Qwen",
        "12 apples",
        "3 MB",
        "<script>1</script>",
        "1; drop table",
        "1e999",
        "--1",
        "1,2,3",
        "10^30",
        "9" * 400,
    ],
)
def test_what_is_no_number_is_none(text):
    assert read_number(text) is None


def test_a_mark_that_may_part_thousands_or_decimals_is_read_both_ways():
    assert read_number("1,234").readings == (1234.0, 1.234)


@given(st.text(max_size=LONGEST * 2))
def test_any_text_is_a_finite_number_or_none(text):
    typed = read_number(text)
    assert typed is None or (typed.readings and all(map(math.isfinite, typed.readings)))


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_a_whole_number_comes_back_from_each_way_of_writing_it(number):
    for written in (f"{number}", f"{number:,}", f"{number:_}", f"{number:,}".replace(",", " ")):
        assert float(number) in read_number(written).readings


@given(st.floats(min_value=0.0001, max_value=1))
def test_a_share_comes_back_from_per_cent_and_from_a_fraction(share):
    for written in (f"{share:.6f}", f"{share * 100:.6f}%", f"{share * 100:.6f} %".replace(".", ",")):
        assert any(math.isclose(one, share, abs_tol=1e-6) for one in read_number(written).readings)
