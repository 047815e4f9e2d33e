"""What corrections add to a reader: a small correction of its weights, learnt in seconds, kept beside it.

Logistic regression whose starting point is the reader itself (its calibrated scores stand as a fixed offset), with
AdaGrad (Duchi, Hazan, Singer 2011) in a fixed order: the same corrections give the same weights.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt

from corale.listen.reading import words
from corale.listen.reading.features import Features
from corale.listen.reading.labels import HEADS
from corale.listen.reading.reader import chances

ROUNDS, STEP, HOLD = 15, 0.6, 1e-4
Lanes = list[float]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text and what it is, 1 or 0 by head; of sentiment all three are known or none. `start`: calibrated scores."""

    found: Features
    heads: dict[str, int]
    start: Lanes


@dataclass(slots=True)
class Lessons:
    """What was learnt: for each feature, what it adds to each head."""

    added: dict[int, Lanes] = field(default_factory=dict)
    bias: Lanes = field(default_factory=lambda: [0.0] * len(HEADS))

    def scores(self, found: Features) -> Lanes:
        """What is added to the calibrated scores of a text."""
        total = list(self.bias)
        for number, value in weighed(found).items():
            if lanes := self.added.get(number):
                total = [score + value * lane for score, lane in zip(total, lanes, strict=True)]
        return total

    def packed(self) -> bytes:
        kept = {number: [round(lane, 3) for lane in lanes] for number, lanes in self.added.items()}
        return zlib.compress(json.dumps({"added": kept, "bias": self.bias}).encode(), 9)

    @classmethod
    def unpacked(cls, raw: bytes) -> Lessons:
        given = json.loads(zlib.decompress(raw))
        return cls({int(number): lanes for number, lanes in given["added"].items()}, given["bias"])


def weighed(found: Features) -> dict[int, float]:
    """Features by number with their values: words in one half of the numbers, pieces in the other."""
    whole = [words.number(each) for each in (*found.singles, *found.pairs, *found.marks)]
    pieces = [number for token in found.folded if words.is_word(token) for number in words.pieces(token)]
    values: dict[int, float] = {}
    for numbers, half in ((whole, 0), (pieces, 1 << 32)):
        for number in numbers:
            values[number | half] = values.get(number | half, 0.0) + 1 / sqrt(len(numbers))
    return values


def learn(lessons: Sequence[Lesson]) -> Lessons:
    """Seconds for hundreds of corrections; the work grows with their number."""
    learnt, seen = Lessons(), dict[int, Lanes]()
    rows = [(weighed(lesson.found), lesson) for lesson in lessons]
    bias_seen = [1e-3] * len(HEADS)
    for _round in range(ROUNDS):
        for values, lesson in rows:
            error = _error(learnt, values, lesson)
            for lane, wrong in error:
                bias_seen[lane] += wrong * wrong
                learnt.bias[lane] += STEP / 4 * wrong / sqrt(bias_seen[lane])
            _move(learnt.added, seen, values, error)
    return learnt


def _error(learnt: Lessons, values: dict[int, float], lesson: Lesson) -> list[tuple[int, float]]:
    """For each head that is known: what is so, less what would be said."""
    scores = [start + more for start, more in zip(lesson.start, learnt.bias, strict=True)]
    for number, value in values.items():
        if lanes := learnt.added.get(number):
            scores = [score + value * lane for score, lane in zip(scores, lanes, strict=True)]
    said = chances(scores)
    return [(at, lesson.heads[name] - said[name]) for at, name in enumerate(HEADS) if name in lesson.heads]


def _move(
    added: dict[int, Lanes], seen: dict[int, Lanes], values: dict[int, float], error: Sequence[tuple[int, float]]
) -> None:
    for number, value in values.items():
        if number not in added:
            added[number], seen[number] = [0.0] * len(HEADS), [1e-3] * len(HEADS)
        lanes, before = added[number], seen[number]
        for lane, wrong in error:
            slope = wrong * value - HOLD * lanes[lane]
            before[lane] += slope * slope
            lanes[lane] += STEP * value * slope / sqrt(before[lane])
