"""How long a text is here, and how a long one becomes a thread."""

from __future__ import annotations

import regex

from corale.adapters.bluesky.wire.facets import unbreakable
from corale.lib.text import GRAPHEME, graphemes

GRAPHEMES, BYTES = 300, 3000
_BORDERS = tuple(
    regex.compile(pattern)
    for pattern in (
        r"\s*\n\s*\n\s*",  # between paragraphs
        r"(?<=[.!?…][\"'”’»)\]]{0,3})\s+",  # between sentences
        r"\s*\n\s*",  # between lines
        r"\s+",  # between words
    )
)


def measure(text: str) -> int:
    """What a reader would call letters: an emoji of seven code points is one."""
    return graphemes(text)


def fits(text: str) -> bool:
    """Short enough for one post: the network counts graphemes, and bytes beside them."""
    return measure(text) <= GRAPHEMES and len(text.encode("utf-8", "surrogatepass")) <= BYTES


def split(text: str) -> list[str]:
    """A long text in parts that each fit, in order, with nothing lost but the white space between them.

    It is cut between paragraphs where that leaves a good part, else between sentences, lines, words; within a word only
    when the word alone does not fit, and then between graphemes. A link is cut only when it is longer than a post.
    """
    parts, rest = [], text.strip()
    while rest and not fits(rest):
        end, go_on = _cut(rest)
        parts.append(rest[:end])
        rest = rest[go_on:].lstrip()
    return [*parts, rest] if rest else parts


def _cut(text: str) -> tuple[int, int]:
    """Where the first part ends and the next begins."""
    borders = _borders(text[: BYTES + 1000])
    room = borders[-1]
    for enough, kind in zip((room // 2, room // 3, room // 3, 0), _BORDERS, strict=True):
        cuts = [found.span() for found in kind.finditer(text, 0, room + 1000) if enough < found.start() <= room]
        if good := [(end, go_on) for end, go_on in cuts if go_on > end and end in borders and _whole(text, go_on)]:
            return good[-1]
    crossing = [start for start, end in unbreakable(text[: 2 * BYTES]) if 0 < start < room < end <= start + room]
    cut = crossing[0] if crossing else room
    return cut, cut


def _borders(text: str) -> list[int]:
    """The ends of as many graphemes as fit in a post; at least one."""
    ends: list[int] = []
    size = 0
    for found in GRAPHEME.finditer(text):
        size += len(found[0].encode("utf-8", "surrogatepass"))
        if ends and (len(ends) == GRAPHEMES or size > BYTES):
            break
        ends.append(found.end())
    return ends


def _whole(text: str, place: int) -> bool:
    """What begins here does not belong to the grapheme before it."""
    return len(GRAPHEME.findall(text[place - 1 : place + 1])) != 1
