"""How many are really at it."""

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corale.lib.diversity import effective_number, effective_number_interval

counts = st.lists(st.integers(0, 200), min_size=1, max_size=20).filter(any)


def test_equals_are_as_many_as_they_are():
    assert effective_number([7, 7, 7, 7]) == pytest.approx(4)


def test_one_who_does_nearly_everything_is_hardly_more_than_one():
    assert effective_number([97, 1, 1, 1]) == pytest.approx(exp(0.1677), abs=1e-3)


def test_of_nobody_there_is_nobody():
    assert effective_number([]) == 0
    assert effective_number([0, 0]) == 0
    assert effective_number_interval([]) == (0, 0)


@given(counts)
def test_it_lies_between_one_and_the_number_of_those_who_did_anything(amounts):
    assert 1 - 1e-9 <= effective_number(amounts) <= sum(map(bool, amounts)) + 1e-9


@given(counts)
def test_the_interval_holds_it(amounts):
    low, high = effective_number_interval(amounts)

    assert low - 1e-9 <= effective_number(amounts) <= high + 1e-9


def test_where_one_did_everything_others_are_not_ruled_out():
    assert effective_number_interval([40]).high > 1.2
