"""What is made ahead is what would have been made."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corale.lib.ahead import ahead


@given(st.lists(st.none() | st.integers()))
def test_the_same_items_come_in_the_same_order(items: list[int | None]) -> None:
    assert list(ahead(iter(items))) == items


def test_the_next_one_is_made_while_this_one_is_worked_on() -> None:
    made = threading.Event()

    def items() -> Iterator[str]:
        yield "first"
        made.set()
        yield "second"

    for item in ahead(items()):
        assert item
        assert made.wait(10)


def test_an_error_rises_after_what_came_before_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    found = ahead(items())
    assert next(found) == 1
    with pytest.raises(ValueError, match="broken"):
        next(found)


def test_who_stops_early_has_at_most_one_more_made() -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            made.append(number)
            yield number

    found = ahead(items())
    assert next(found) == 0
    found.close()

    assert len(made) <= 2
