"""Each message to a representative that it is itself near to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime

from corale.listen.near.signing import BANDS, likeness, pieces, placed, says_the_opposite, signed
from corale.listen.reading.near import normal

CROWDED = 40  # leaders in one band: it tells nothing any more, and no further one is put there
_LOOKED_AT = 12  # leaders compared with one message, those with most bands in common first

Leaders = dict[int, list[int]]
"""For each place, who leads there, those who were first before."""


@dataclass(slots=True)
class Signed:
    """A message, ready to be folded. `places` are where it looks; the first sixteen are where it will stand."""

    number: int
    words: str
    places: list[int]

    @property
    def own(self) -> list[int]:
        return self.places[:BANDS]


@dataclass(slots=True)
class Folds:
    """What came of a batch: for each message its leader, itself where nobody is near; and the bands of new leaders."""

    leaders: dict[int, int] = field(default_factory=dict)
    bands: list[tuple[int, int]] = field(default_factory=list)


def sign(said: Sequence[tuple[int, str, datetime]]) -> list[Signed]:
    """Messages by number, text, and when they were said."""
    words = [normal(text) for _, text, _ in said]
    bands = signed([pieces(each) for each in words])
    return [
        Signed(number, each, placed(own, at)) for (number, _, at), each, own in zip(said, words, bands, strict=True)
    ]


def fold(batch: Sequence[Signed], standing: Leaders, words_of: Callable[[Collection[int]], Mapping[int, str]]) -> Folds:
    """In the order given. `standing`: who leads at the places of the batch; who begins to is added there. `words_of` is
    asked once, for the words of those that may be near, as `normal` leaves them; who is not among them leads no more.
    """
    folding = _Folding(standing)
    chosen = [folding.nearest(each.places) for each in batch]
    folding.know(words_of({each for some in chosen for each in some}))
    for each in batch:
        folding.add(each)
    return folding.folds


class _Folding:
    """One batch. Whoever begins to lead in it is found by those after."""

    def __init__(self, standing: Leaders) -> None:
        self.folds = Folds()
        self._standing = standing
        self._words: dict[int, str] = {}

    def nearest(self, places: Iterable[int]) -> list[int]:
        """Who has most places in common; of equals the first."""
        if not (here := [self._standing[place] for place in places if place in self._standing]):
            return []
        shared = Counter(who for some in here for who in some)
        return sorted(shared, key=lambda who: (-shared[who], who))[:_LOOKED_AT]

    def know(self, words: Mapping[int, str]) -> None:
        self._words.update(words)

    def add(self, each: Signed) -> None:
        leader = self._leader(each)
        self.folds.leaders[each.number] = each.number if leader is None else leader
        if leader is None:
            self._begin(each)

    def _leader(self, each: Signed) -> int | None:
        """The nearest of those that are near; of equals the first."""
        best, most = None, 0.0
        found: Set[str] = frozenset()
        for who in self.nearest(each.places):
            if (words := self._words.get(who)) is None or who == each.number:
                continue
            if words == each.words:
                return who
            found = found or frozenset(pieces(each.words))
            near = likeness(found, frozenset(pieces(words)))
            if near > most and not says_the_opposite(each.words, words):
                best, most = who, near
        return best

    def _begin(self, each: Signed) -> None:
        self._words[each.number] = each.words
        for place in each.own:
            here = self._standing.setdefault(place, [])
            if len(here) < CROWDED:
                here.append(each.number)
                self.folds.bands.append((place, each.number))
