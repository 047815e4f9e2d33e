"""Proportions of small samples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corale.lib.wilson import Interval, wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(3, 3, 0.53, 1.0), (9, 10, 0.65, 0.98), (45, 50, 0.81, 0.95), (450, 500, 0.88, 0.92)],
)
def test_the_examples_of_the_definition(successes, n, low, high):
    assert wilson(successes, n) == (pytest.approx(low, abs=0.005), pytest.approx(high, abs=0.005))


def test_none_of_n_has_the_rule_of_three_as_its_upper_end():
    assert wilson(0, 30) == (0.0, pytest.approx(0.1))
    assert wilson(0, 2) == (0.0, 1.0)


def test_of_nothing_anything_is_possible():
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_a_share(counts):
    successes, n = counts
    low, high = wilson(successes, n)

    assert 0 <= low <= successes / n + 1e-12
    assert successes / n - 1e-12 <= high <= 1


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))))
def test_four_times_the_sample_is_a_narrower_interval(counts):
    successes, n = counts

    assert wilson(4 * successes, 4 * n).half_width < wilson(successes, n).half_width


def test_an_interval_in_another_unit_stays_below_one():
    assert Interval(0.05, 0.2).scaled(10) == (0.5, 1.0)
