"""Counting, cutting, comparing and showing what people write, as people see it."""

from __future__ import annotations

import unicodedata

import regex

GRAPHEME = regex.compile(r"\X")

ISOLATE, RELEASE = "\u2068", "\u2069"
EMBEDDINGS = "\u202a\u202b\u202d\u202e"
ISOLATES = "\u2066\u2067\u2068"
END_EMBEDDING = "\u202c"
_TURNING = regex.compile(f"[{EMBEDDINGS}{ISOLATES}{END_EMBEDDING}{RELEASE}]")
_UNSEEN = regex.compile(r"[\p{Cc}--[\t\n]]", regex.V1)


def graphemes(text: str) -> int:
    """How many characters a reader would count."""
    return sum(1 for _ in GRAPHEME.finditer(text))


def cut(text: str, limit: int, *, ending: str = "…") -> str:
    """At most `limit` characters as a reader counts them, `ending` included; never half of one."""
    if graphemes(text) <= limit:
        return text
    room = max(limit - graphemes(ending), 0)
    kept = "".join(match.group() for _, match in zip(range(room), GRAPHEME.finditer(text), strict=False))
    return (kept.rstrip() + ending) if limit >= graphemes(ending) else ""


def fold(text: str) -> str:
    """The same for everything a reader would call the same word: no accents, no case, one form of each letter."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return unicodedata.normalize("NFKC", bare).casefold()


def isolated(text: str) -> str:
    """Text that may run in any direction, fenced in: it cannot turn around what stands beside it.

    Overrides and embeddings that were opened and not closed are closed, closings of nothing and control characters are
    dropped, and the whole stands between a first-strong isolate and its end.
    """
    return f"{ISOLATE}{balanced(text)}{RELEASE}"


def balanced(text: str) -> str:
    """Every direction that was opened is closed, in its paragraph; nothing is closed that was not opened."""
    seen = _UNSEEN.sub("", text)
    return "\n".join(_balanced_line(line) for line in seen.split("\n")) if _TURNING.search(seen) else seen


def _balanced_line(line: str) -> str:
    kept: list[str] = []
    closings: list[str] = []
    for letter in line:
        if letter in EMBEDDINGS:
            closings.append(END_EMBEDDING)
        elif letter in ISOLATES:
            closings.append(RELEASE)
        elif letter in (END_EMBEDDING, RELEASE):
            if not closings or closings[-1] != letter:
                continue
            closings.pop()
        kept.append(letter)
    return "".join(kept) + "".join(reversed(closings))
