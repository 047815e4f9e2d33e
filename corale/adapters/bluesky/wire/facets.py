"""What in a text is a mention, a link or a hashtag.

On the network a facet counts bytes of UTF-8; with us it counts characters. A mention without a facet notifies nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import regex

from corale.adapters.bluesky.wire.addresses import is_did, is_handle
from corale.channels.contract import Facet

MENTION = "app.bsky.richtext.facet#mention"
LINK = "app.bsky.richtext.facet#link"
TAG = "app.bsky.richtext.facet#tag"

Resolve = Callable[[str], "str | None"]
"""A handle to a stable identifier; None when nobody has it."""

_START = r"(?<![^\s(\[«\"'“‘])"
_MENTION = regex.compile(_START + r"@(?P<handle>[a-zA-Z0-9][a-zA-Z0-9.-]*[a-zA-Z0-9])(?![\w@-]|\.\w)")
_LINK = regex.compile(_START + r"https?://[^\s<>\"]+", regex.IGNORECASE)
_DOMAIN = regex.compile(
    _START + r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?P<tld>[a-z]{2,20})(?![\w@.-]*@)(?:[/?#][^\s<>\"]*)?(?!\w)"
)
_TAG = regex.compile(r"(?<!\S)[#＃](?!\uFE0F)(?P<tag>[^\s\u00AD\u2060\u200A-\u200D\u20E2#]+)")
# Without https:// in front, only what is surely meant: a missing space after a full stop makes no link.
_TLDS = frozenset(
    {
        "ai",
        "app",
        "at",
        "be",
        "blog",
        "ch",
        "cloud",
        "com",
        "coop",
        "de",
        "dev",
        "es",
        "eu",
        "fr",
        "info",
        "io",
        "it",
        "net",
        "nl",
        "online",
        "org",
        "shop",
        "site",
        "social",
        "store",
        "tech",
        "uk",
        "us",
    }
)
MAX_TAG = 64


def detect(text: str, resolve: Resolve) -> list[Facet]:
    """The facets of a text that somebody typed, in order, never overlapping. A handle that nobody has stays text."""
    taken = list(_links(text))
    for found in [*_mentions(text, resolve), *_tags(text)]:
        if all(found.end <= other.start or found.start >= other.end for other in taken):
            taken.append(found)
    return sorted(taken, key=lambda facet: facet.start)


def unbreakable(text: str) -> list[tuple[int, int]]:
    """Stretches that must not be cut: links, mentions, hashtags, whoever they lead to."""
    return [(facet.start, facet.end) for facet in detect(text, lambda handle: "did:plc:anybody")]


def _links(text: str) -> Iterator[Facet]:
    for found in _LINK.finditer(text):
        shown = _without_punctuation(found[0])
        if len(shown) > len("https://"):
            yield Facet(found.start(), found.start() + len(shown), "link", shown)
    for found in _DOMAIN.finditer(text):
        if found["tld"].lower() in _TLDS:
            shown = _without_punctuation(found[0])
            yield Facet(found.start(), found.start() + len(shown), "link", f"https://{shown}")


def _without_punctuation(url: str) -> str:
    """A sentence's own punctuation does not belong to a link at its end; a bracket does when it was opened inside."""
    while True:
        shorter = regex.sub(r"[.,;:!?…'’”»]+$", "", url)
        for opening, closing in ("()", "[]"):
            if shorter.endswith(closing) and shorter.count(closing) > shorter.count(opening):
                shorter = shorter[:-1]
        if shorter == url:
            return url
        url = shorter


def _mentions(text: str, resolve: Resolve) -> Iterator[Facet]:
    for found in _MENTION.finditer(text):
        if is_handle(found["handle"]) and (did := resolve(found["handle"].lower())):
            yield Facet(found.start(), found.end(), "mention", did)


def _tags(text: str) -> Iterator[Facet]:
    for found in _TAG.finditer(text):
        tag = regex.sub(r"\p{P}+$", "", found["tag"])
        if regex.search(r"[^\d\p{P}]", tag) and len(regex.findall(r"\X", tag)) <= MAX_TAG:
            yield Facet(found.start(), found.start() + 1 + len(tag), "tag", tag)


def to_network(text: str, facets: Iterable[Facet]) -> list[dict[str, Any]]:
    """Facets as the network writes them, with offsets in bytes."""
    return [
        {
            "index": {"byteStart": _bytes(text[: facet.start]), "byteEnd": _bytes(text[: facet.end])},
            "features": [_feature(facet)],
        }
        for facet in facets
    ]


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _feature(facet: Facet) -> dict[str, str]:
    match facet.kind:
        case "mention":
            return {"$type": MENTION, "did": facet.value}
        case "link":
            return {"$type": LINK, "uri": facet.value}
        case "tag":
            return {"$type": TAG, "tag": facet.value}


def from_network(text: str, facets: object) -> tuple[Facet, ...]:
    """Facets as we keep them. What points outside the text, into the middle of a letter or nowhere is left out."""
    places = _places(text)
    return tuple(found for each in _mappings(facets) for found in _read(each, places))


def _read(facet: Mapping[str, Any], places: Mapping[int, int]) -> Iterator[Facet]:
    index = facet.get("index")
    if not isinstance(index, Mapping):
        return
    start, end = index.get("byteStart"), index.get("byteEnd")
    if not (isinstance(start, int) and isinstance(end, int) and start in places and end in places and start < end):
        return
    for feature in _mappings(facet.get("features")):
        match feature:
            case {"$type": kind, "did": str(value)} if kind == MENTION and is_did(value):
                yield Facet(places[start], places[end], "mention", value)
            case {"$type": kind, "uri": str(value)} if kind == LINK and regex.match(r"(?i)https?://", value):
                yield Facet(places[start], places[end], "link", value)
            case {"$type": kind, "tag": str(value)} if kind == TAG:
                yield Facet(places[start], places[end], "tag", value)


def _places(text: str) -> dict[int, int]:
    """Which character begins at which byte."""
    places, offset = {0: 0}, 0
    for place, letter in enumerate(text, start=1):
        offset += _bytes(letter)
        places[offset] = place
    return places


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
