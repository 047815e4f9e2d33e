"""What one query wants, read from what somebody typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import regex

from corale.search.query import Term, parse, tokens

MOST_WORDS = 400  # of one field; more is a list for several queries
_APART = regex.compile(r"[\s,;]+")
_PLACE = regex.compile(r"^(?:[a-z][a-z0-9+.\-]*:)?//", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Near:
    """Two words with at most `within` steps from one to the other: next to each other is one step."""

    first: str
    second: str
    within: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """All of `required`, one of `either`, none of `excluded`; a set that is empty asks nothing.

    Words, authors (handles or stable ids), sites (hosts) and languages (two letters) are folded.
    """

    required: tuple[Term, ...] = ()
    either: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    near: Near | None = None
    authors: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    muted_authors: frozenset[int] = frozenset()
    muted_sites: frozenset[str] = frozenset()

    @property
    def terms(self) -> tuple[Term, ...]:
        """For the search index, which finds at least what is wanted: that words are near is asked of what it found."""
        near = (Term((self.near.first,)), Term((self.near.second,))) if self.near else ()
        either = (Term((), either=self.either),) if self.either else ()
        sought = (*self.required, *near, *either)
        return (*sought, *(replace(term, excluded=True) for term in self.excluded)) if sought else ()

    @property
    def says_something(self) -> bool:
        """A language or a channel alone would be everything that is said there."""
        return bool(self.terms or self.authors or self.sites)

    @property
    def shown(self) -> list[str]:
        """The words to be marked in what was found."""
        words = [word for term in (*self.required, *self.either) for word in term.words]
        return [*words, self.near.first, self.near.second] if self.near else words


def terms(typed: str) -> tuple[Term, ...]:
    """`words "exact phrases" beginn*`, each once, however long the list."""
    typed = regex.sub(r"[,;\n]", " ", typed).replace("“", '"').replace("”", '"').replace("«", '"').replace("»", '"')
    return tuple(dict.fromkeys(replace(term, excluded=False) for term in parse(typed, MOST_WORDS)))


def one_word(typed: str) -> str:
    """The only word of a text; "" when there are none or several."""
    found = tokens(typed)
    return found[0] if len(found) == 1 else ""


def authors(typed: str) -> frozenset[str]:
    """Handles without what they begin with, one after the other."""
    return frozenset(filter(None, map(author, _APART.split(typed))))


def author(typed: str) -> str:
    """`@Anna.example` and `anna.example` are the same."""
    return typed.strip().lstrip("@").casefold()


def sites(typed: str) -> frozenset[str]:
    return frozenset(filter(None, map(site, _APART.split(typed))))


def site(address: str) -> str:
    """The host of an address, or of what somebody typed for one: `https://www.Molino.example/pane` is
    molino.example. "" for what has none."""
    rest = _PLACE.sub("", address.strip(), count=1)
    host = regex.split(r"[/?#\\]", rest, maxsplit=1)[0].rpartition("@")[2]
    host = host.partition(":")[0].rstrip(".").casefold().removeprefix("www.")
    return host if "." in host and " " not in host else ""


def above(host: str) -> Iterable[str]:
    """A host and every domain that it belongs to: pane.molino.example, molino.example."""
    parts = host.split(".")
    return (".".join(parts[start:]) for start in range(len(parts) - 1))
