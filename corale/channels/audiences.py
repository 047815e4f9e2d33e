"""Who may read something, from the widest to the narrowest."""

from __future__ import annotations

from corale.channels.contract import Audience

AUDIENCES: tuple[Audience, ...] = ("public", "unlisted", "followers", "direct")
_PLACE = {audience: place for place, audience in enumerate(AUDIENCES)}


def narrowest(*audiences: str) -> Audience:
    """The one that fewest may read. What nobody has heard of is private."""
    return AUDIENCES[max((_PLACE.get(each, len(AUDIENCES) - 1) for each in audiences), default=0)]  # type: ignore[call-overload]


def within(widest: str) -> tuple[Audience, ...]:
    """It, and everything narrower."""
    return AUDIENCES[AUDIENCES.index(narrowest(widest)) :]
