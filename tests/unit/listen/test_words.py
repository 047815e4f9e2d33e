"""Cleaning twice is cleaning once; nothing that people write breaks the reader; the same again is known as the same."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from corale.listen.reading import words
from corale.listen.reading.features import features
from corale.listen.reading.near import key, normal
from corale.listen.reading.reader import built_in

ANYTHING = st.text(max_size=300)


@given(ANYTHING)
@example("AAa")
@example("HTTP")
def test_a_normal_form_is_its_own_normal_form(text: str) -> None:
    found = normal(text)
    assume(not found.startswith("rt "))  # which would be taken for words passed on

    assert normal(found) == found


@given(ANYTHING)
def test_every_token_has_its_features(text: str) -> None:
    found = features(text)

    assert len(found.tokens) == len(found.folded) == len(found.singles) == len(found.pairs) <= words.MOST_TOKENS
    assert all(found.tokens)
    assert all(list(words.pieces(token)) for token in found.folded)


@given(ANYTHING)
@settings(deadline=None)
def test_whatever_is_written_is_read_and_its_chances_are_chances(text: str) -> None:
    read = built_in().read([text])[0]

    assert all(0 <= chance <= 1 for chance in [read.language_chance, *read.chances.values()])
    if read.chances:
        assert sum(read.chances[name] for name in ("negative", "neutral", "positive")) == pytest.approx(1)


@given(st.lists(ANYTHING, max_size=5))
@settings(deadline=None)
def test_a_text_is_read_the_same_whatever_stands_beside_it(texts: list[str]) -> None:
    assert built_in().read(texts) == [built_in().read([text])[0] for text in texts]


@pytest.mark.parametrize(
    "again",
    [
        "RT @molino: Il caffè è arrivato freddo!",
        "IL CAFFÈ È ARRIVATO FREDDO",
        "il caffe e arrivato freddo https://example.org/1",
        "@molino il caffè è arrivato freddo 😡",
        "Il caffè… è arrivato, freddo.",
    ],
)
def test_the_same_text_again_is_known_as_the_same(again: str) -> None:
    assert key(again) == key("Il caffè è arrivato freddo")


def test_other_words_are_another_text() -> None:
    assert key("Il caffè è arrivato caldo") != key("Il caffè è arrivato freddo")
    assert key("❤️") != key("💀")


def test_a_letter_of_four_thousand_characters_is_read_at_both_ends() -> None:
    letter = "Gentili signori. " + "Ieri pioveva. " * 300 + "Quando mi rimborsate?"

    assert "rimborsate" in words.tokens(letter)
    assert built_in().read([letter])[0].language == "it"
