"""Counting and cutting as the demo channel does: like Bluesky, in characters as a reader counts them."""

from __future__ import annotations

from corale.lib.text import cut, graphemes

LENGTH = 300


def split(text: str, limit: int = LENGTH) -> list[str]:
    """Parts that each fit, cut between words; a word longer than a part is cut where it must be."""
    parts: list[str] = []
    rest = text.strip()
    while graphemes(rest) > limit:
        part = _fitting(rest, limit)
        parts.append(part.rstrip())
        rest = rest[len(part) :].lstrip()
    return [*parts, rest] if rest else parts


def _fitting(text: str, limit: int) -> str:
    """The longest beginning that fits and ends with a paragraph, a sentence or a word, in this order of preference."""
    most = cut(text, limit, ending="")
    for ending in ("\n\n", ". ", "? ", "! ", "\n", " "):
        at = most.rfind(ending)
        if at > len(most) // 3:
            return most[: at + len(ending)]
    return text[: len(most)]
