"""Measures put together."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corale.lib.composite import drawn, geometric_mean, percentiles

shares = st.lists(st.floats(0, 1), min_size=1, max_size=8)


def test_good_listening_does_not_buy_off_missing_improvement():
    assert geometric_mean([0.95, 0.95, 0.10, 0.05]) == pytest.approx(0.26, abs=0.005)


def test_nought_counts_as_the_floor_so_that_the_others_still_show():
    assert geometric_mean([0.0, 1.0]) == pytest.approx(0.1)


def test_there_is_no_mean_of_nothing():
    with pytest.raises(ValueError, match="nothing"):
        geometric_mean([])


@given(shares)
def test_it_lies_between_the_worst_and_the_best(values):
    assert max(0.01, min(values)) - 1e-9 <= geometric_mean(values) <= max(0.01, *values) + 1e-9


@given(shares)
def test_the_order_does_not_matter(values):
    assert geometric_mean(values) == pytest.approx(geometric_mean(values[::-1]))


def test_draws_lie_around_the_estimate_and_closer_with_more():
    chance = Random(1)
    few = percentiles([drawn(0.3, 20, chance) for _ in range(2000)])
    many = percentiles([drawn(0.3, 2000, chance) for _ in range(2000)])

    assert few.low < many.low < 0.3 < many.high < few.high
