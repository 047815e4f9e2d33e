"""Texts folded as the product folds them, batch by batch, and how well that was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from datetime import UTC, datetime

from corale.listen.near.folding import fold, sign

BATCH = 200
_AT = datetime(2026, 11, 1, tzinfo=UTC)


def folded(texts: Sequence[str]) -> list[int]:
    """The leader of each, by its number; all said at one time."""
    standing, words = dict[int, list[int]](), dict[int, str]()
    leaders: list[int] = []
    for begin in range(0, len(texts), BATCH):
        some = texts[begin : begin + BATCH]
        batch = sign([(number, text, _AT) for number, text in enumerate(some, start=begin)])
        folds = fold(batch, standing, lambda wanted: {number: words[number] for number in wanted})
        leaders += [folds.leaders[each.number] for each in batch]
        words.update((each.number, each.words) for each in batch if folds.leaders[each.number] == each.number)
    return leaders


def pairs(truth: Sequence[int], said: Sequence[int]) -> tuple[float, float]:
    """Precision and recall over pairs, 0 to 1: of those said to be the same, how many are, and the other way round."""
    right = _count(zip(truth, said, strict=True))
    return right / max(_count(said), 1), right / max(_count(truth), 1)


def _count(groups: Iterable[Hashable]) -> int:
    return sum(many * (many - 1) // 2 for many in Counter(groups).values())
