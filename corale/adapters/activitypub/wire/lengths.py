"""How long a text is here, and how a long one becomes a thread.

The network has no limit of its own. Its servers show posts of any length and fold the long ones; ours end where reading
on a telephone does.
"""

from __future__ import annotations

from corale.adapters.activitypub.wire.marks import marks
from corale.lib.parts import Room
from corale.lib.text import graphemes

GRAPHEMES, BYTES = 5_000, 40_000


def _unbreakable(text: str) -> list[tuple[int, int]]:
    return [(facet.start, facet.end) for facet in marks(text, lambda handle: handle)]


_ROOM = Room(GRAPHEMES, BYTES, _unbreakable)


def measure(text: str) -> int:
    """In what a reader would call letters. What is too large although it has few of them counts by its size."""
    size = len(text.encode("utf-8", "surrogatepass"))
    return graphemes(text) if size <= BYTES else max(graphemes(text), GRAPHEMES + 1)


def split(text: str) -> list[str]:
    """A long text in parts that each fit, in order, with nothing lost but the white space between them."""
    return _ROOM.split(text)
