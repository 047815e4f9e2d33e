"""Spans of time as words of the index: `@b3414` stands beside the words of every message of the same six days.

Asked for together with a word, they keep the index from collecting its matches of all other times. Each entry has
three: of some hours, of some days, of half a year.
"""

from __future__ import annotations

from functools import lru_cache

_LEVELS = (("a", 38), ("b", 43), ("c", 48))  # bits of an entry's id, whose last 24 are no seconds
_SHORTEST = _LEVELS[0][1]
MOST = 64  # in one question


def spans_of(entry: int) -> list[str]:
    """Those in which an entry lies. No word that is said begins with an @ (`query.tokens`)."""
    return _around(entry >> _SHORTEST)


@lru_cache(maxsize=1024)  # what arrives together lies together
def _around(shortest: int) -> list[str]:
    return [f"@{level}{shortest >> bits - _SHORTEST}" for level, bits in _LEVELS]


def covering(low: int, high: int) -> list[str]:
    """The shortest spans, of which `MOST` suffice, that hold every entry from `low` to before `high`."""
    for level, bits in _LEVELS:
        if (high - 1 >> bits) - (low >> bits) < MOST:
            return [f"@{level}{number}" for number in range(low >> bits, (high - 1 >> bits) + 1)]
    return []
