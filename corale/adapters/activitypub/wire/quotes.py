"""Quoting, in all its dialects: FEP-044f, Fedibird's and Misskey's names for it, and FEP-e232 object links."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from corale.adapters.activitypub.wire.fields import same_host, text, uri
from corale.adapters.activitypub.wire.things import Thing, is_a, things
from corale.channels.contract import Facet

_NAMES = ("quote", "quoteUrl", "quoteUri", "quoteURL", "_misskey_quote")
_RELATION = "_misskey_quote"
_MEDIA = ("application/activity+json", "application/ld+json")
_FALLBACK = regex.compile(r"(?:RE|QT|QP)\s?:?\s*\[?\s*(?P<url>https?://[^\s\]]+)\s*\]?", regex.IGNORECASE)


def quoted(thing: Thing) -> str:
    """The id of the message that it quotes; "" when it quotes none."""
    for name in _NAMES:
        if found := uri(thing.get(name)):
            return found
    for tag in things(thing.get("tag")):
        if is_a(tag, "Link") and _is_quote(tag) and (found := uri(tag.get("href"))):
            return found
    return ""


def _is_quote(link: Thing) -> bool:
    relations = link.get("rel")
    if any(isinstance(each, str) and each.endswith(_RELATION) for each in _listed(relations)):
        return True
    media = text(link, "mediaType").partition(";")[0].strip()
    return media in _MEDIA and text(link, "name").upper().startswith(("RE:", "QT:"))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def without_fallback(words: str, facets: Sequence[Facet], target: str) -> tuple[str, tuple[Facet, ...]]:
    """A text without the line "RE: address" that stands there for servers that know no quotes: its first or last."""
    lines = words.split("\n")
    if _repeats(lines[-1], target):
        kept = "\n".join(lines[:-1]).rstrip()
        return kept, tuple(facet for facet in facets if facet.end <= len(kept))
    if _repeats(lines[0], target):
        kept = "\n".join(lines[1:]).lstrip("\n")
        gone = len(words) - len(kept)
        return kept, tuple(
            Facet(each.start - gone, each.end - gone, each.kind, each.value) for each in facets if each.start >= gone
        )
    return words, tuple(facets)


def _repeats(line: str, target: str) -> bool:
    found = _FALLBACK.fullmatch(line.strip())
    return found is not None and same_host(found["url"], target)
