"""A text to its pieces and its bands: numbers of which texts that are near to each other share at least one.

MinHash (Broder 1997) with banding (Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, section 3.4): 64 least
values of the pieces of five letters, in 16 bands of four. Of texts that share six of ten pieces 89 % share a band, of
those that share seven 99 %.
"""

from __future__ import annotations

import struct
from collections.abc import Set
from datetime import datetime

from rensa import RMinHash

from corale.listen.reading.words import NEGATIONS

VERSION = f"near1.{RMinHash.ALGORITHM_VERSION}"
"""Another one means that bands kept before mean nothing: everything is signed again."""
DAYS = 30  # of a period; a message finds those of its own period, the one before and the one after
LETTERS = 5
BANDS, ROWS = 16, 4
ALIKE, CONTAINED = 0.6, 0.9  # shares of pieces, measured: LANGUAGE of what is near
_SEED = 24
_CUT_FROM = 20  # pieces: a shorter text stands inside too many others by chance
_TAIL = 12  # letters by which a text may be longer before its end counts as another thing said
_NUMBERS = struct.Struct(f"<{BANDS * ROWS // 2}Q")
_BAND = tuple(band << 40 for band in range(BANDS))
_PRIME, _ODD = 2**40 - 87, 0x9E3779B1


def pieces(words: str) -> list[str]:
    """Five letters each, overlapping, with repeats; a shorter text is one piece. `words` as `reading.near.normal`
    leaves them."""
    return [words[at : at + LETTERS] for at in range(max(len(words) - LETTERS + 1, 1))]


def signed(many: list[list[str]]) -> list[list[int]]:
    """For the pieces of each text sixteen numbers of 44 bits: the band, and what stands in it. The same in every
    process and on every machine."""
    return [_bands(least) for least in RMinHash.digests_from_token_sets(many, BANDS * ROWS, _SEED)]


def _bands(least: list[int]) -> list[int]:
    halves = iter(_NUMBERS.unpack(struct.pack(f"<{BANDS * ROWS}I", *least)))
    return [number | (left ^ right * _ODD) % _PRIME for number, left, right in zip(_BAND, halves, halves, strict=True)]


def period(at: datetime) -> int:
    """Number of a span of thirty days, never negative: what was said long before is another conversation."""
    return max(int(at.timestamp()) // (DAYS * 86400), 0) + 1


def placed(bands: list[int], at: datetime) -> list[int]:
    """As the database keeps them, 63 bits: what is said at one time stands together, so that few pages are written.
    The first sixteen are where a message stands; the rest, before and after, are where it looks besides."""
    now = period(at)
    return [each | band for each in (now << 44, now - 1 << 44, now + 1 << 44) for band in bands]


def likeness(left: Set[str], right: Set[str]) -> float:
    """The share of pieces in common, 0 to 1; 1 for a text that was cut off. 0: not near."""
    shared = len(left & right)
    alike = shared / (len(left) + len(right) - shared)
    fewer = min(len(left), len(right))
    if fewer >= _CUT_FROM and shared >= CONTAINED * fewer:
        return max(alike, CONTAINED)
    return alike if alike >= ALIKE else 0.0


def says_the_opposite(left: str, right: str) -> bool:
    """One says no where the other does not. What only the longer one goes on to say does not count."""
    if abs(len(left) - len(right)) > _TAIL:
        length = min(len(left), len(right))
        left, right = left[:length], right[:length]
    return _negations(left) != _negations(right)


def _negations(words: str) -> int:
    return sum(word in NEGATIONS for word in words.split())
