"""Identifiers that sort by time."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as some

from corale.adapters.bluesky.wire import tid

moments = some.integers(0, 2**53 - 1)
clocks = some.integers(0, 1023)


@given(moment=moments, clock=clocks)
def test_an_identifier_can_be_read_again(moment, clock):
    assert tid.decode(tid.encode(moment, clock)) == (moment, clock)


@given(one=moments, other=moments, clock=clocks)
def test_identifiers_sort_as_their_moments_do(one, other, clock):
    assert (tid.encode(one, clock) < tid.encode(other, clock)) == (one < other)


@given(moment=moments, clock=clocks)
def test_an_identifier_is_one_for_the_network(moment, clock):
    found = tid.encode(moment, clock)

    assert len(found) == 13
    assert found[0] in "234567abcdefghij"
    assert set(found) <= set(tid.ALPHABET)


@given(times=some.lists(some.floats(0, 4e9), max_size=50))
def test_a_clock_never_goes_back(times):
    clock = tid.Clock(7)

    given = [clock.next(now) for now in times]

    assert given == sorted(set(given))


def test_many_at_once_get_one_each():
    clock, given = tid.Clock(), []

    def take():
        given.extend(clock.next() for _ in range(500))

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(given)) == 2000


@pytest.mark.parametrize(
    "wrong", ["", "3n2uq6aywyk2", "3n2uq6aywyk266", "z222222222222", "1111111111111", "3N2UQ6AYWYK26"]
)
def test_what_is_not_one_is_said_to_be_none(wrong):
    with pytest.raises(ValueError, match="not a timestamp identifier"):
        tid.decode(wrong)
