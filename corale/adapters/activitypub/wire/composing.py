"""Our words into HTML as the fediverse writes it: paragraphs, links, mentions and hashtags that every server knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from corale.adapters.activitypub.wire.marks import marks
from corale.adapters.activitypub.wire.written import Somebody
from corale.channels.contract import Facet

_SHOWN = 30  # characters of a link that are read where links are shortened


def to_html(text: str, people: Mapping[str, Somebody], tags_at: str) -> str:
    """`people`: by handle in small letters, name@host. `tags_at`: the address that a hashtag's name completes."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        return ""
    by_uri = {each.uri: each for each in people.values()}
    pieces, place = list[str](), 0
    for facet in marks(text, lambda handle: people[handle].uri if handle in people else ""):
        pieces += [escape(text[place : facet.start], quote=False), _marked(text, facet, by_uri, tags_at)]
        place = facet.end
    pieces.append(escape(text[place:], quote=False))
    paragraphs = re.split(r"\n[ \t]*\n\s*", "".join(pieces))
    return "".join(f"<p>{each.strip().replace(chr(10), '<br>')}</p>" for each in paragraphs)


def hashtags_in(text: str) -> list[str]:
    """Each hashtag once, however it is written."""
    found = {facet.value.casefold(): facet.value for facet in marks(text, lambda _: "") if facet.kind == "tag"}
    return list(found.values())


def tag_address(tags_at: str, tag: str) -> str:
    """Where a hashtag leads."""
    return tags_at + quote(tag, safe="")


def _marked(text: str, facet: Facet, people: Mapping[str, Somebody], tags_at: str) -> str:
    shown = text[facet.start : facet.end]
    match facet.kind:
        case "mention":
            who = people[facet.value]
            return (
                f'<span class="h-card" translate="no"><a href="{escape(who.url or who.uri)}" class="u-url mention">'
                f"@<span>{escape(shown[1:])}</span></a></span>"
            )
        case "tag":
            address = escape(tag_address(tags_at, facet.value))
            word = f"{escape(shown[0])}<span>{escape(shown[1:])}</span>"
            return f'<a href="{address}" class="mention hashtag" rel="tag">{word}</a>'
        case _:
            return f'<a href="{escape(shown)}" rel="nofollow noopener" translate="no">{_shortened(shown)}</a>'


def _shortened(url: str) -> str:
    """The whole address stands there; where the classes are known, its beginning and end are not read aloud."""
    scheme = re.match(r"https?://(?:www\.)?", url, re.IGNORECASE)
    start = scheme.end() if scheme else 0
    middle, rest = url[start : start + _SHOWN], url[start + _SHOWN :]
    if middle and "\ud800" <= middle[-1] <= "\udbff":
        middle, rest = url[start:], ""
    kind = "ellipsis" if rest else ""
    return (
        f'<span class="invisible">{escape(url[:start])}</span><span class="{kind}">{escape(middle)}</span>'
        f'<span class="invisible">{escape(rest)}</span>'
    )
