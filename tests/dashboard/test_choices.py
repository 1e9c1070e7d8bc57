"""A view and its address are the same thing, and no address can break a page."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from dashboard.choices import COVERAGES, KINDS, WEIGHTS, Choices, Extra, read_pin, write_pin

SCALE = Extra("scale", "linear", ("linear", "log"))
TEXT = Extra("text")
MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2999, 12, 31)).map(lambda moment: moment.replace(microsecond=0))
VIEWS = st.builds(
    Choices,
    kind=st.sampled_from(KINDS),
    coverage=st.none() | st.sampled_from(COVERAGES),
    as_of=st.none() | MOMENTS,
    weight=st.sampled_from(WEIGHTS),
    with_undeclared=st.booleans(),
    extras=st.tuples(
        st.tuples(st.just("scale"), st.sampled_from(SCALE.allowed)), st.tuples(st.just("text"), st.text(max_size=200))
    ),
)


@given(VIEWS)
def test_a_view_read_back_from_its_address_is_the_same_view(view):
    assert Choices.from_address(view.to_address(), (SCALE, TEXT)) == view
    hash(view)


@given(st.dictionaries(st.sampled_from(["kind", "coverage", "as_of", "weight", "undeclared", "scale"]), st.text()))
def test_any_address_is_read_without_an_error(address):
    view = Choices.from_address(address, (SCALE,))
    assert view.kind in KINDS
    assert view.weight in WEIGHTS
    assert view.extra("scale") in SCALE.allowed


def test_parameters_that_make_no_sense_become_the_defaults():
    junk = {"kind": "<script>", "coverage": "all", "as_of": "yesterday", "weight": "stars", "scale": "cubic"}
    assert Choices.from_address(junk, (SCALE,)) == Choices(extras=(("scale", "linear"),))


def test_free_text_is_cut_at_its_longest():
    assert len(Choices.from_address({"text": "x" * 5_000}, (TEXT,)).extra("text")) == 200


def test_a_pin_is_written_like_the_name_of_a_run():
    assert write_pin(datetime(2026, 11, 24, 12)) == "20261124T120000Z"
    assert read_pin("20261124T120000Z") == datetime(2026, 11, 24, 12)
    assert read_pin("20260231T120000Z") is None


def test_the_address_of_a_usual_view_is_empty():
    assert Choices().to_address() == {}
