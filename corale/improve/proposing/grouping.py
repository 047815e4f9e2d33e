"""Messages to groups that speak of the same thing; most messages are in none.

Pairs of words that many people use together, more often than chance would have it, are the cores. Each message then
goes to the core whose words it shares most of (cosine over tf-idf), if it shares enough; twice over, as k-means does it
(Dhillon and Modha 2001, spherical), with "none of these" for what is near to nothing. What is kept of a message is a
few whole numbers, so that a hundred thousand fit in little memory.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import log, sqrt

from corale.improve.proposing.terms import terms

FEWEST = 3  # people
MOST = 150  # groups
NEAR = 0.34  # least cosine between a message and a group; chosen on questions to a bank (banking77)
ONE = 0.6  # groups that are as near to each other as this are one
_COMMON = 0.08  # a word in more messages than this share tells nothing
_TELLING = 7  # words of a message that make pairs: its rarest
_WIDE = 24  # words of a group
_ROUNDS = 2
_AT_LEAST = 200  # messages: where fewer were said, chance is reckoned as if others had said something else
_PAIRS = 400_000  # kept while counting; rarer ones are dropped then
Vector = dict[int, float]


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said: its number, whose it is, and the text."""

    number: int
    person: int
    text: str


@dataclass(slots=True)
class Group:
    """Who speaks of one thing: `words` name it, the most telling first."""

    members: list[int] = field(default_factory=list)
    people: int = 0
    words: list[str] = field(default_factory=list)


def grouped(said: Sequence[Said]) -> list[Group]:
    """Groups in which at least three people speak, those of most people first. One language at a time."""
    return _Grouping(said).groups()


class _Grouping:
    def __init__(self, said: Sequence[Said]) -> None:
        self.said = said
        self.rows: list[tuple[int, ...]] = []
        self.written: list[Counter[str]] = []
        self._number: dict[str, int] = {}
        for each in said:
            self.rows.append(tuple(self._numbered(*pair) for pair in terms(each.text).items()))
        seen = Counter(number for row in self.rows for number in row)
        common = max(_COMMON * len(said), 10 * FEWEST)
        self.rarity = {
            number: log(1 + len(said) / count) for number, count in seen.items() if FEWEST <= count <= common
        }
        self.rows = [tuple(number for number in row if number in self.rarity) for row in self.rows]

    def _numbered(self, stem: str, word: str) -> int:
        number = self._number.setdefault(stem, len(self._number))
        if number == len(self.written):
            self.written.append(Counter())
        if len(self.written[number]) < 8 or word in self.written[number]:
            self.written[number][word] += 1
        return number

    def groups(self) -> list[Group]:
        centres = [self._centre(members) for members in self._cores()]
        members: list[list[int]] = []
        for _ in range(_ROUNDS):
            members = self._assigned(_united(centres))
            centres = [self._centre(some) for some in members]
        found = [self._group(some, centre) for some, centre in zip(members, centres, strict=True)]
        return sorted((each for each in found if each.people >= FEWEST), key=lambda each: -each.people)[:MOST]

    def _cores(self) -> Iterable[list[int]]:
        """Members of each pair that many people use together; a pair whose people another has already is left out."""
        pairs = self._pairs()
        seen = Counter(number for row in self.rows for number in row)
        total = max(len(self.rows), _AT_LEAST)
        worth = {
            pair: many * log(many * total / (seen[pair[0]] * seen[pair[1]]))
            for pair, many in pairs.items()
            if many >= FEWEST and many * total > 3 * seen[pair[0]] * seen[pair[1]]
        }
        chosen = sorted(worth, key=lambda pair: (-worth[pair], pair))[: 6 * MOST]
        at = defaultdict[tuple[int, int], list[int]](list)
        wanted = set(chosen)
        for place, row in enumerate(self.rows):
            for pair in wanted.intersection(self._pairs_of(row)):
                at[pair].append(place)
        taken: Counter[int] = Counter()
        cores: list[list[int]] = []
        for pair in chosen:
            places = at[pair]
            if len({self.said[place].person for place in places}) < FEWEST:
                continue
            if 2 * sum(taken[place] > 0 for place in places) <= len(places) and len(cores) < 2 * MOST:
                taken.update(places)
                cores.append(places)
        return cores

    def _pairs(self) -> Counter[tuple[int, int]]:
        counted: Counter[tuple[int, int]] = Counter()
        for row in self.rows:
            counted.update(self._pairs_of(row))
            if len(counted) > _PAIRS:
                counted = Counter({pair: many for pair, many in counted.items() if many > 1})
        return counted

    def _pairs_of(self, row: tuple[int, ...]) -> Iterable[tuple[int, int]]:
        telling = sorted(sorted(row, key=lambda number: -self.rarity[number])[:_TELLING])
        return combinations(telling, 2)

    def _vector(self, row: Iterable[int]) -> Vector:
        weights = {number: self.rarity[number] for number in row}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {number: weight / length for number, weight in weights.items()}

    def _centre(self, places: Iterable[int]) -> Vector:
        """Of length one, with the words that weigh most."""
        total: dict[int, float] = defaultdict(float)
        for place in places:
            for number, weight in self._vector(self.rows[place]).items():
                total[number] += weight
        kept = sorted(total, key=lambda number: (-total[number], number))[:_WIDE]
        length = sqrt(sum(total[number] ** 2 for number in kept)) or 1.0
        return {number: total[number] / length for number in kept}

    def _assigned(self, centres: Sequence[Vector]) -> list[list[int]]:
        index = defaultdict[int, list[tuple[int, float]]](list)
        for which, centre in enumerate(centres):
            for number, weight in centre.items():
                index[number].append((which, weight))
        members: list[list[int]] = [[] for _ in centres]
        for place, row in enumerate(self.rows):
            scores: dict[int, float] = defaultdict(float)
            for number, weight in self._vector(row).items():
                for which, other in index.get(number, ()):
                    scores[which] += weight * other
            if scores:
                best = max(scores, key=lambda which: (scores[which], -which))
                if scores[best] >= NEAR:
                    members[best].append(place)
        return [some for some in members if some]

    def _group(self, places: Sequence[int], centre: Vector) -> Group:
        """Named by words that at least a third of its members use."""
        used = Counter(number for place in places for number in self.rows[place])
        telling = [number for number in centre if 3 * used[number] >= len(places)][:3] or list(centre)[:2]
        return Group(
            [self.said[place].number for place in places],
            len({self.said[place].person for place in places}),
            [self.written[number].most_common(1)[0][0] for number in telling],
        )


def _united(centres: Sequence[Vector]) -> list[Vector]:
    """Those that are nearly the same are one: the first of them stands."""
    kept: list[Vector] = []
    for centre in centres:
        if all(sum(weight * other.get(number, 0.0) for number, weight in centre.items()) < ONE for other in kept):
            kept.append(centre)
    return kept
