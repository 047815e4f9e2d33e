"""What in plain words is a link, a mention or a hashtag: in texts that come without HTML, and in ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import regex

from corale.channels.contract import Facet

_START = r"(?<![^\s(\[«\"'“‘>*_])"
_LINK = regex.compile(_START + r"https?://[^\s<>\"]{1,4000}", regex.IGNORECASE)
_MENTION = regex.compile(
    _START + r"@(?P<user>[a-zA-Z0-9_](?:[a-zA-Z0-9_.-]*[a-zA-Z0-9_])?)"
    r"@(?P<host>[\p{L}0-9](?:[\p{L}0-9.-]*[\p{L}0-9])?(?::[0-9]{1,5})?)(?![\w@-]|\.\w)"
)
_TAG = regex.compile(r"(?<![^\s(\[«\"'“‘>])[#＃](?P<tag>[\p{L}\p{M}\p{N}_·]+)(?![\w#])")
MAX_TAG = 100

Resolve = Callable[[str], str]
"""A handle, name@host in small letters, to an actor's id; "" when nobody has it."""


def marks(text: str, resolve: Resolve) -> list[Facet]:
    """The links, mentions and hashtags in a text, in order, never overlapping. A handle that nobody has stays text."""
    return without_overlaps([*links(text), *mentions(text, resolve), *hashtags(text)])


def links(text: str) -> Iterator[Facet]:
    """Web addresses, without the punctuation of the sentence around them."""
    for found in _LINK.finditer(text):
        shown = _without_punctuation(found[0])
        if len(shown) > len("https://"):
            yield Facet(found.start(), found.start() + len(shown), "link", shown)


def mentions(text: str, resolve: Resolve) -> Iterator[Facet]:
    """Handles with their host: @carla@mastodon.example."""
    for found in _MENTION.finditer(text):
        if actor := resolve(f"{found['user']}@{found['host']}".lower()):
            yield Facet(found.start(), found.end(), "mention", actor)


def handles(text: str) -> list[str]:
    """Everybody who is mentioned by handle, in small letters, once, in order."""
    return list(dict.fromkeys(f"{found['user']}@{found['host']}".lower() for found in _MENTION.finditer(text)))


def hashtags(text: str) -> Iterator[Facet]:
    """Hashtags; a number alone is none."""
    for found in _TAG.finditer(text):
        if len(found["tag"]) <= MAX_TAG and regex.search(r"[^\p{N}_·]", found["tag"]):
            yield Facet(found.start(), found.end(), "tag", found["tag"])


def without_overlaps(facets: Iterable[Facet]) -> list[Facet]:
    """In order; of two that overlap the one that was named first."""
    taken: list[Facet] = []
    for facet in facets:
        if all(facet.end <= other.start or facet.start >= other.end for other in taken):
            taken.append(facet)
    return sorted(taken, key=lambda facet: facet.start)


def _without_punctuation(url: str) -> str:
    """A bracket at the end belongs to a link when it was opened inside it."""
    while True:
        shorter = regex.sub(r"[.,;:!?…'’”»*_]+$", "", url)
        for opening, closing in ("()", "[]"):
            if shorter.endswith(closing) and shorter.count(closing) > shorter.count(opening):
                shorter = shorter[:-1]
        if shorter == url:
            return url
        url = shorter
