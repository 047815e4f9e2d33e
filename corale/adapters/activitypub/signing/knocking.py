"""Which scheme a server understands: the draft first, the standard second, and what worked is remembered.

Not the other way round: some answer 202 before they verify, and one that speaks only the draft would lose what was
signed the other way without a word.
"""

from __future__ import annotations

from typing import Literal

Scheme = Literal["cavage", "rfc9421"]
SCHEMES: tuple[Scheme, Scheme] = ("cavage", "rfc9421")


def knocks(remembered: str) -> tuple[Scheme, Scheme]:
    """In which order to try, given `Server.scheme`."""
    return SCHEMES if remembered != "rfc9421" else ("rfc9421", "cavage")


def is_worth_a_second(status: int) -> bool:
    """Whether an answer may mean that the signature was not understood."""
    return status in {400, 401, 403}
