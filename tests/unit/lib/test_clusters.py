"""Messages of the same person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corale.lib.clusters import Clusters

outcomes = st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=1, max_size=80)


def test_the_correlation_is_that_of_the_analysis_of_variance():
    alike = Clusters([(p, h) for p, hs in enumerate([(1, 1, 0), (0, 0, 0), (1, 1, 1), (1, 0, 0)]) for h in hs])
    # Means 2/3, 0, 1, 1/3 of three each: MSB = 3·(1/36 + 1/4 + 1/4 + 1/36)/3 = 5/9; MSW = (2/3 + 0 + 0 + 2/3)/8 = 1/6
    assert alike.intraclass_correlation() == pytest.approx((5 / 9 - 1 / 6) / (5 / 9 + 2 / 6))


def test_each_with_one_message_counts_as_one():
    assert Clusters((person, person % 3 == 0) for person in range(30)).effective_n() == 30


def test_people_who_always_come_out_the_same_count_once():
    assert Clusters((person, person % 2 == 0) for person in range(10) for _ in range(5)).effective_n() == pytest.approx(
        10
    )


def test_when_everything_came_out_the_same_people_are_counted():
    assert Clusters((person, False) for person in range(4) for _ in range(25)).effective_n() == pytest.approx(4)


def test_one_person_is_one_whatever_they_write():
    assert Clusters([("carla", True), ("carla", False), ("carla", True)]).effective_n() == pytest.approx(1)


def test_a_given_correlation_is_used():
    assert Clusters((p, True) for p in range(10) for _ in range(11)).effective_n(0.1) == pytest.approx(110 / 2)


def test_nothing_is_worth_nothing():
    assert Clusters().effective_n() == 0


@given(outcomes)
def test_a_sample_counts_for_no_fewer_than_its_people_and_no_more_than_itself(pairs):
    clusters = Clusters(pairs)

    assert len({person for person, _ in pairs}) - 1e-9 <= clusters.effective_n() <= clusters.n + 1e-9
