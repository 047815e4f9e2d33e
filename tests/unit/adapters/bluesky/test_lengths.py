"""Counting and splitting."""

from __future__ import annotations

import regex
from hypothesis import example, given, settings
from hypothesis import strategies as some

from corale.adapters.bluesky.wire.facets import unbreakable
from corale.adapters.bluesky.wire.lengths import GRAPHEMES, fits, measure, split

pieces = some.sampled_from(
    ["ciao. ", "perché? ", "\n\n", "\n", " ", "👨‍👩‍👧‍👦", "è\u0301", "@molino.test ", "#caffè ",
     "https://example.org/una/pagina/lunga ",     "x" * 120, "日本語", "🇮🇹", "\u200d", "…"]
)  # fmt: skip
texts = some.lists(pieces | some.text(max_size=40), max_size=60).map("".join)
many = settings(deadline=None, max_examples=150)


def test_a_family_is_one():
    assert [measure(each) for each in ("👨‍👩‍👧‍👦", "🇮🇹", "e\u0301", "caffè", "")] == [1, 1, 1, 5, 0]


@given(text=texts)
@many
@example(text="a" * 301)
@example(text=" " * 2000 + "a")
@example(text="👨‍👩‍👧‍👦" * 301)
@example(text="\u0301" * 5000)
def test_each_part_fits(text):
    assert all(fits(part) or measure(part) == 1 for part in split(text))


@given(text=texts)
@many
def test_the_parts_are_the_text_without_some_white_space(text):
    rest = text
    for part in split(text):
        before, found, rest = rest.partition(part)
        assert found and not before.strip()

    assert not rest.strip()


@given(text=texts)
@many
def test_no_grapheme_is_cut(text):
    text = text.strip()
    whole = regex.findall(r"\X", "".join(text.split()))

    assert len(regex.findall(r"\X", "".join("".join(split(text)).split()))) == len(whole)
    assert sum(measure(part) for part in split(text)) <= measure(text)


@given(text=texts)
@many
def test_no_link_mention_or_hashtag_is_cut(text):
    text = text.strip()
    for start, end in unbreakable(text):
        stretch = text[start:end]
        if measure(stretch) < 100:
            assert any(stretch in part for part in split(text))


@given(text=texts)
@many
def test_splitting_a_part_again_leaves_it_whole(text):
    assert all(split(part) == [part] for part in split(text) if fits(part))


def test_a_long_text_is_cut_between_sentences():
    sentences = [f"Questa è la frase numero {number}, lunga quanto basta per riempire." for number in range(12)]

    parts = split(" ".join(sentences))

    assert all(part.endswith("riempire.") for part in parts)
    assert len(parts) == 3


def test_a_long_text_is_cut_between_paragraphs_rather():
    first, second = "a b. " * 40, "c d. " * 40

    assert split(f"{first}\n\n{second}") == [first.strip(), second.strip()]


def test_what_fits_stays_whole():
    assert split("x" * GRAPHEMES) == ["x" * GRAPHEMES]
    assert split("  \n ") == []
