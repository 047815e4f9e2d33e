"""The name under what leaves through an account that colleagues share."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corale.conversations.signing import signed, signed_parts, unsigned

LINE = "— Anna Ferri"
words = st.lists(
    st.sampled_from(["yes", "no.", "Why?", "parcel", "https://example.org/long/address", "Grazie!"]), max_size=12
)


def fits(text: str) -> bool:
    return len(text) <= 60


def test_signing_twice_is_signing_once():
    assert signed(signed("Hello!", LINE), LINE) == "Hello!\n— Anna Ferri"


def test_a_picture_without_words_is_signed_too():
    assert signed("", LINE) == LINE


def test_where_nobody_signs_the_words_stay_as_they_are():
    assert signed("Hello!", "") == "Hello!"
    assert unsigned("Hello!", "") == "Hello!"


@given(words.map(" ".join).map(str.strip))
def test_what_was_signed_can_be_unsigned(text):
    assert unsigned(signed(text, LINE), LINE) == text


def test_the_last_sentence_goes_along_with_a_name_that_did_not_fit():
    last = "We are open from nine to five. See you on Monday morning!"

    assert signed_parts(["First.", last], LINE, fits) == [
        "First.", "We are open from nine to five.", "See you on Monday morning!\n— Anna Ferri",
    ]  # fmt: skip


@given(st.lists(words.map(" ".join).map(str.strip).filter(lambda text: 0 < len(text) <= 60), min_size=1))
def test_every_part_fits_no_word_is_lost_and_the_name_stands_once_at_the_end(parts):
    sent = signed_parts(parts, LINE, fits)

    assert all(fits(part) for part in sent)
    assert " ".join(sent).split() == [*" ".join(parts).split(), *LINE.split()]
    assert sent[-1].endswith(LINE)
