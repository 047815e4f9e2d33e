"""Steps back in time: none is left out, none is taken twice, and they come to an end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corale.search.engines.reach import Reach
from corale.search.engines.spans import MOST, covering, spans_of

entries = st.integers(0, 2**57)  # ids of entries until the year 2242


@given(low=entries, high=entries, at=st.floats(0, 1, exclude_max=True))
def test_every_entry_between_two_moments_lies_in_one_of_the_spans_that_cover_them(
    low: int, high: int, at: float
) -> None:
    low, high = sorted((low, high + 1))
    entry = min(low + int((high - low) * at), high - 1)
    spans = covering(low, max(high, low + 1))

    assert len(spans) <= MOST
    assert not spans or set(spans) & set(spans_of(entry))


@given(
    ends=st.lists(entries, min_size=3, max_size=3).map(sorted),
    founds=st.lists(st.integers(0, 50), min_size=80, max_size=80),
)
def test_steps_follow_each_other_to_the_oldest(ends: list[int], founds: list[int]) -> None:
    oldest, low, newest = ends
    back = Reach(newest + 1, low, oldest)
    found = 0
    for more in founds:
        if back.is_last:
            break
        found, before = found + more, back.low
        back.go_on(found, 50)
        assert back.high == before
        assert back.low < back.high

    assert back.is_last
    assert back.low == oldest
