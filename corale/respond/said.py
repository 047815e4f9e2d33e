"""What somebody said, as safe HTML: every letter escaped, and only what was marked as a link becomes one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from corale.lib.text import balanced

_BARE = re.compile(r"https?://[^\s<>\"'\u2066-\u2069\u202a-\u202e]{4,1000}")
_ENDING = ".,;:!?)]}…»”’"
MOST = 500  # links in one message


def as_html(text: str, facets: Iterable[Mapping[str, Any]] = (), people: Mapping[str, str] | None = None) -> SafeString:
    """`facets` as in Message.facets; `people`: address of the page of somebody mentioned, by stable id."""
    spans = list(_fitting(text, facets)) or list(_bare(text))
    out, position = [], 0
    for start, end, kind, value in spans:
        out.append(escape(balanced(text[position:start])))
        out.append(_marked(balanced(text[start:end]), kind, value, people or {}))
        position = end
    out.append(escape(balanced(text[position:])))
    return mark_safe("".join(out))  # noqa: S308  every piece is escaped


def _fitting(text: str, facets: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, int, str, str]]:
    """Facets that lie within the text and not in each other; another server may send anything."""
    found = []
    for facet in list(facets)[:MOST]:
        start, end = facet.get("start"), facet.get("end")
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text):
            found.append((start, end, str(facet.get("kind", "")), str(facet.get("value", ""))))
    position = 0
    for span in sorted(found):
        if span[0] >= position:
            yield span
            position = span[1]


def _bare(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Addresses in a text that came without marks."""
    for count, found in enumerate(_BARE.finditer(text)):
        if count >= MOST:
            return
        address = found.group().rstrip(_ENDING)
        yield found.start(), found.start() + len(address), "link", address


def _marked(words: str, kind: str, value: str, people: Mapping[str, str]) -> SafeString:
    if kind == "link" and leads_out(value):
        return format_html('<a href="{}" rel="noopener nofollow ugc" target="_blank">{}</a>', value, words)
    if kind == "mention" and value in people:
        return format_html('<a class="mention" href="{}"><bdi>{}</bdi></a>', people[value], words)
    if kind == "mention":
        return format_html('<span class="mention"><bdi>{}</bdi></span>', words)
    if kind == "tag":
        return format_html('<span class="tag">{}</span>', words)
    return SafeString(escape(words))


def leads_out(address: str) -> bool:
    """An address of the web, and nothing that acts."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
