"""What a person types into a search field: words, "exact phrases", beginn*, -excluded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

import regex

_PIECE = regex.compile(r'(?P<minus>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_LONGEST = 100  # characters; what is longer is cut into several words
_TOKEN = re.compile(rf"[^\W_]{{1,{_LONGEST}}}")
_ASCII = bytes(ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else 32 for code in range(256))
"""To each letter its small one, to each digit itself, to everything else a space."""
_MARKS = regex.compile(r"\p{M}+")
MOST_WORDS = 16


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after the other; or, where there are no `words`, one of `either`."""

    words: tuple[str, ...]
    prefix: bool = False
    excluded: bool = False
    either: tuple[Term, ...] = ()

    @property
    def has_beginning(self) -> bool:
        """It asks for the beginning of a word somewhere."""
        return self.prefix or any(term.has_beginning for term in self.either)


def parse(text: str, most: int = MOST_WORDS) -> tuple[Term, ...]:
    """Never fails: what is not a word is passed over, and only the first `most` words count."""
    terms: list[Term] = []
    count = 0
    for piece in _PIECE.finditer(text):
        raw = piece["phrase"] if piece["phrase"] is not None else piece["word"]
        words = tuple(tokens(raw))[: most - count]
        if words:
            count += len(words)
            prefix = piece["word"] is not None and raw.endswith("*")
            terms.append(Term(words, prefix, bool(piece["minus"])))
        if count >= most:
            break
    return tuple(terms)


def tokens(text: str) -> list[str]:
    """The words of a text, as the index knows them: no accents, no case."""
    bare = text if text.isascii() else _bare(text)
    if not bare.isascii():
        return _TOKEN.findall(bare)
    words = bare.encode().translate(_ASCII).decode().split()  # six times as quick
    return words if max(map(len, words), default=0) <= _LONGEST else _TOKEN.findall(bare.lower())


def _bare(text: str) -> str:
    """`lib.text.fold`, without the care that only showing would need: this runs over everything that arrives."""
    return _MARKS.sub("", normalize("NFKD", normalize("NFKD", text).casefold()))


def is_empty(terms: tuple[Term, ...]) -> bool:
    """Nothing to look for: only exclusions, or no words at all."""
    return all(term.excluded for term in terms)
