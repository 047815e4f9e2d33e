"""How long a text is here, and how a long one becomes a thread."""

from __future__ import annotations

from corale.adapters.bluesky.wire.facets import unbreakable
from corale.lib.parts import Room
from corale.lib.text import graphemes

GRAPHEMES, BYTES = 300, 3000
_ROOM = Room(GRAPHEMES, BYTES, unbreakable)


def measure(text: str) -> int:
    """What a reader would call letters: an emoji of seven code points is one."""
    return graphemes(text)


def fits(text: str) -> bool:
    """Short enough for one post: the network counts graphemes, and bytes beside them."""
    return _ROOM.fits(text)


def split(text: str) -> list[str]:
    """A long text in parts that each fit, in order, with nothing lost but the white space between them."""
    return _ROOM.split(text)
