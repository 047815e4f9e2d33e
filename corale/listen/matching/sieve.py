"""Every query at once: one walk over the words of a message finds the saved words in it, however many there are.

The automaton is that of Aho and Corasick (Communications of the ACM 18/6, 1975). Whoever is not reached by a word, an
author or a site of its own is not asked at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from corale.listen.matching.saying import Saying
from corale.listen.matching.wanted import Near, Wanted
from corale.search.query import Term

Found = set[int]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One query, its terms by their number in the automaton."""

    key: int
    wanted: Wanted
    required: frozenset[int]
    either: frozenset[int]
    excluded: frozenset[int]

    def fits(self, saying: Saying, found: Found) -> bool:
        """The cheapest questions first."""
        if not self.required <= found or (self.either and not self.either & found) or self.excluded & found:
            return False
        wanted = self.wanted
        if wanted.channels and saying.channel not in wanted.channels:
            return False
        return _is_from(wanted, saying) and _is_said_so(wanted, saying)


def _is_from(wanted: Wanted, saying: Saying) -> bool:
    """Who said it, and where its links lead."""
    if saying.identity in wanted.muted_authors or (wanted.muted_sites and wanted.muted_sites & saying.sites):
        return False
    by_them = not wanted.authors or bool(wanted.authors & saying.authors)
    return by_them and (not wanted.sites or bool(wanted.sites & saying.sites))


def _is_said_so(wanted: Wanted, saying: Saying) -> bool:
    if wanted.near and not are_near(wanted.near, saying.words.split()):
        return False
    return not wanted.languages or saying.language in wanted.languages


def are_near(near: Near, words: list[str]) -> bool:
    """In either order; a word is not near to itself."""
    last: dict[str, int] = {}
    for place, word in enumerate(words):
        if word in (near.first, near.second):
            other = last.get(near.second if word == near.first else near.first)
            if other is not None and place - other <= near.within:
                return True
            last[word] = place
    return False


class Sieve:
    """Made once for a set of queries, which have a key each; asked for every message."""

    def __init__(self, queries: Mapping[int, Wanted]) -> None:
        self._numbers: dict[str, int] = {}
        self._by_term: dict[int, list[_Asked]] = {}
        self._by_author: dict[str, list[_Asked]] = {}
        self._by_site: dict[str, list[_Asked]] = {}
        for key, wanted in queries.items():
            self._add(key, wanted)
        self._automaton = AhoCorasick(
            list(self._numbers), matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def through(self, sayings: Iterable[Saying]) -> Iterator[tuple[int, Saying]]:
        """The key of each query with each message that it wants."""
        for saying in sayings:
            found = {number for number, _start, _end in self._find(saying.words)} if self._numbers else set()
            for asked in self._reached(saying, found):
                if asked.fits(saying, found):
                    yield asked.key, saying

    def _find(self, words: str) -> list[tuple[int, int, int]]:
        return self._automaton.find_matches_as_indexes(words, overlapping=True)

    def _reached(self, saying: Saying, found: Found) -> list[_Asked]:
        reached = {asked.key: asked for number in found for asked in self._by_term.get(number, ())}
        if self._by_author:
            reached |= {asked.key: asked for name in saying.authors for asked in self._by_author.get(name, ())}
        if self._by_site:
            reached |= {asked.key: asked for site in saying.sites for asked in self._by_site.get(site, ())}
        return list(reached.values())

    def _add(self, key: int, wanted: Wanted) -> None:
        required = [*wanted.required]
        if wanted.near:
            required += [Term((wanted.near.first,)), Term((wanted.near.second,))]
        sets = (required, wanted.either, wanted.excluded)
        asked = _Asked(key, wanted, *(frozenset(map(self._number, terms)) for terms in sets))
        if required:  # the longest is mostly the rarest
            self._by_term.setdefault(self._number(max(required, key=_length)), []).append(asked)
        elif asked.either:
            for number in asked.either:
                self._by_term.setdefault(number, []).append(asked)
        else:
            names, there = (wanted.authors, self._by_author) if wanted.authors else (wanted.sites, self._by_site)
            for name in names:
                there.setdefault(name, []).append(asked)

    def _number(self, term: Term) -> int:
        pattern = f" {' '.join(term.words)}" + " " * (not term.prefix)
        return self._numbers.setdefault(pattern, len(self._numbers))


def _length(term: Term) -> int:
    return sum(map(len, term.words))
