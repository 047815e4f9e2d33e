"""What a person types into a search field: words, "exact phrases", beginn*, -excluded."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from corale.lib.text import fold

_PIECE = regex.compile(r'(?P<minus>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_TOKEN = regex.compile(r"[\p{L}\p{N}]{1,100}")
MOST_WORDS = 16


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after the other."""

    words: tuple[str, ...]
    prefix: bool = False
    excluded: bool = False


def parse(text: str) -> tuple[Term, ...]:
    """Never fails: what is not a word is passed over, and only the first sixteen words count."""
    terms: list[Term] = []
    count = 0
    for piece in _PIECE.finditer(text):
        raw = piece["phrase"] if piece["phrase"] is not None else piece["word"]
        words = tuple(tokens(raw))[: MOST_WORDS - count]
        if words:
            count += len(words)
            prefix = piece["word"] is not None and raw.endswith("*")
            terms.append(Term(words, prefix, bool(piece["minus"])))
        if count >= MOST_WORDS:
            break
    return tuple(terms)


def tokens(text: str) -> list[str]:
    """The words of a text, as the index knows them: no accents, no case."""
    return _TOKEN.findall(text.lower() if text.isascii() else fold(text))


def is_empty(terms: tuple[Term, ...]) -> bool:
    """Nothing to look for: only exclusions, or no words at all."""
    return all(term.excluded for term in terms)
