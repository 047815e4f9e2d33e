"""Characters as readers count them; words as readers compare them; directions that stay where they belong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corale.lib.text import ISOLATE, RELEASE, balanced, cut, fold, graphemes, isolated

DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
turning = st.text(st.sampled_from(DIRECTIONS + "ab\nא"))


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("ciao", 4), ("perche\u0301", 6), ("👨‍👩‍👧‍👦", 1), ("🇮🇹🇮🇹", 2), ("a\r\nb", 3), ("👍🏽", 1)],
)
def test_characters_are_counted_as_a_reader_counts_them(text: str, count: int) -> None:
    assert graphemes(text) == count


@given(st.text(), st.integers(min_value=0, max_value=20))
def test_what_is_cut_fits_and_begins_alike(text: str, limit: int) -> None:
    short = cut(text, limit)

    assert graphemes(short) <= limit
    assert short == text or text.startswith(short.removesuffix("…"))


def test_a_family_is_not_cut_apart() -> None:
    assert cut("ab👨‍👩‍👧‍👦cd", 4) == "ab👨‍👩‍👧‍👦…"


@pytest.mark.parametrize("text", ["Perché", "PERCHE", "perche\u0301"])
def test_accents_and_case_do_not_matter(text: str) -> None:
    assert fold(text) == "perche"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(turning)
def test_balancing_twice_is_balancing_once(text: str) -> None:
    assert balanced(balanced(text)) == balanced(text)


@given(turning)
def test_what_is_opened_is_closed(text: str) -> None:
    for line in balanced(text).split("\n"):
        assert sum(line.count(c) for c in "\u202a\u202b\u202d\u202e") == line.count("\u202c")
        assert sum(line.count(c) for c in "\u2066\u2067\u2068") == line.count("\u2069")


@given(turning)
def test_an_isolated_text_stands_between_its_fences(text: str) -> None:
    shown = isolated(text)

    assert shown.startswith(ISOLATE) and shown.endswith(RELEASE)


def test_letters_stay_and_control_characters_go() -> None:
    assert balanced("a\x00b\x1b[31m\tc\u202e") == "ab[31m\tc\u202e\u202c"
