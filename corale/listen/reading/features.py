"""What a reader is given of one text: its tokens, and the features made of whole words."""

from __future__ import annotations

from dataclasses import dataclass

from corale.listen.reading import patterns, words

_LOUD = 3
"""A mark counts as much as three words. Chosen by cross-validation on our own messages: 1 and 6 were worse."""


@dataclass(frozen=True, slots=True)
class Features:
    """`tokens` keep their accents, `folded` lost them; `singles[i]` and `pairs[i]` belong to token i; `marks` to the
    message as a whole."""

    tokens: list[str]
    folded: list[str]
    singles: list[str]
    pairs: list[str]
    marks: list[str]


def features(text: str) -> Features:
    """Everything a model may weigh. At most `words.MOST_TOKENS` tokens."""
    tokens = words.tokens(text)
    folded = [words.folded(token) for token in tokens]
    singles = words.turned(folded)
    pairs = [f"{left} {right}" for left, right in zip(["\x01", *folded], folded, strict=False)]
    marks = [*words.surface(text, folded), *patterns.found(folded)] * _LOUD
    return Features(tokens, folded, singles, pairs, marks)
