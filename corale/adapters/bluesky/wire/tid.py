"""Timestamp identifiers: record keys that we can choose before sending, and that sort by time.

https://atproto.com/specs/tid: 53 bits of microseconds and 10 bits of a clock's own number, in a base32 that sorts.
"""

from __future__ import annotations

import secrets
import threading
import time

ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
LENGTH = 13
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}


def encode(microseconds: int, clock: int) -> str:
    """The identifier of a moment on a clock."""
    number = (microseconds & (1 << 53) - 1) << 10 | (clock & 1023)
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))


def decode(tid: str) -> tuple[int, int]:
    """Microseconds since 1970 and the clock's number. ValueError when it is not one."""
    if len(tid) != LENGTH or any(letter not in _VALUES for letter in tid) or _VALUES[tid[0]] > 15:
        raise ValueError(f"not a timestamp identifier: {tid[:40]!r}")
    number = 0
    for letter in tid:
        number = number << 5 | _VALUES[letter]
    return number >> 10, number & 1023


class Clock:
    """Gives each identifier once and always a later one, also when the computer's clock goes back."""

    def __init__(self, number: int | None = None) -> None:
        self.number = secrets.randbelow(1024) if number is None else number
        self._last = 0
        self._lock = threading.Lock()

    def next(self, now: float | None = None) -> str:
        """An identifier for now."""
        moment = time.time_ns() // 1000 if now is None else int(now * 1_000_000)
        with self._lock:
            self._last = max(moment, self._last + 1)
            return encode(self._last, self.number)
