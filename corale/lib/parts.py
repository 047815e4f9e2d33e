"""A long text in parts that each fit: cut where a reader would pause, never inside a grapheme or a link."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import regex

from corale.lib.text import GRAPHEME

Stretches = Callable[[str], Iterable[tuple[int, int]]]
"""The stretches of a text that must not be cut: start and end, in characters."""

_BORDERS = tuple(
    regex.compile(pattern)
    for pattern in (
        r"\s*\n\s*\n\s*",  # between paragraphs
        r"(?<=[.!?…][\"'”’»)\]]{0,3})\s+",  # between sentences
        r"\s*\n\s*",  # between lines
        r"\s+",  # between words
    )
)


@dataclass(frozen=True, slots=True)
class Room:
    """How much fits in one part: so many graphemes, and so many bytes of UTF-8."""

    graphemes: int
    bytes: int
    unbreakable: Stretches

    def fits(self, text: str) -> bool:
        """It is short enough."""
        return (
            len(text.encode("utf-8", "surrogatepass")) <= self.bytes and len(GRAPHEME.findall(text)) <= self.graphemes
        )

    def split(self, text: str) -> list[str]:
        """The parts in order, with nothing lost but the white space between them.

        It is cut between paragraphs where that leaves a good part, else between sentences, lines, words; within a word
        only when the word alone does not fit, and then between graphemes. A link is cut only when it is longer than a
        part.
        """
        parts, rest = [], text.strip()
        while rest and not self.fits(rest):
            end, go_on = self._cut(rest)
            parts.append(rest[:end])
            rest = rest[go_on:].lstrip()
        return [*parts, rest] if rest else parts

    def _cut(self, text: str) -> tuple[int, int]:
        """Where the first part ends and the next begins."""
        borders = self._borders(text[: self.bytes + 1000])
        room, known = borders[-1], set(borders)
        for enough, kind in zip((room // 2, room // 3, room // 3, 0), _BORDERS, strict=True):
            cuts = [found.span() for found in kind.finditer(text, 0, room + 1000) if enough < found.start() <= room]
            if good := [(end, go_on) for end, go_on in cuts if go_on > end and end in known and _whole(text, go_on)]:
                return good[-1]
        near = self.unbreakable(text[: 2 * self.bytes])
        crossing = [start for start, end in near if 0 < start < room < end <= start + room]
        cut = crossing[0] if crossing else room
        return cut, cut

    def _borders(self, text: str) -> list[int]:
        """The ends of as many graphemes as fit in a part; at least one."""
        ends: list[int] = []
        size = 0
        for found in GRAPHEME.finditer(text):
            size += len(found[0].encode("utf-8", "surrogatepass"))
            if ends and (len(ends) == self.graphemes or size > self.bytes):
                break
            ends.append(found.end())
        return ends


def _whole(text: str, place: int) -> bool:
    """What begins here does not belong to the grapheme before it."""
    return len(GRAPHEME.findall(text[place - 1 : place + 1])) != 1
