"""HTML as others write it, into text with marked stretches; and made harmless where it is kept to show.

A browser's own parser (nh3) reads it first, so that what a person would see there is what we read; what remains is a
small and regular language, which is turned into text here.
"""

from __future__ import annotations

import re
from html import escape

import nh3

from corale.adapters.activitypub.wire.flow import Flow
from corale.adapters.activitypub.wire.tags import Tags
from corale.channels.contract import Facet
from corale.lib.html import LINK_REL, REMOVED_WITH_THEIR_WORDS
from corale.lib.html import TAGS as SHOWN

TEXT = 40_000  # characters that are kept of one message
SOURCE = 200_000  # characters that are looked at for them
PASSES = 4
PARSED = 1_500  # tags for the parser: its time grows with the square of what is left open (4 s at 16,000)

_CLASSES = re.compile(r"(?:(?:h|p|u|dt|e)-[\w-]{1,40}|mention|hashtag|invisible|ellipsis|quote-inline|emoji)")
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "fieldset"),
    *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"),
    *("nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul", "br"),
}


def _filtered(_tag: str, attribute: str, value: str) -> str | None:
    if attribute != "class":
        return value
    return " ".join(each for each in value.split()[:20] if _CLASSES.fullmatch(each)) or None


_reader = nh3.Cleaner(
    tags=_BLOCKS | {"a", "span", "img"},
    clean_content_tags=REMOVED_WITH_THEIR_WORDS | {"rp", "select", "title"},
    attributes={
        "a": {"href", "class", "rel"},
        "span": {"class"},
        "p": {"class"},
        "img": {"alt", "src", "class"},
        "ol": {"start"},
    },
    attribute_filter=_filtered,
    link_rel=None,
    url_schemes={"http", "https"},
    strip_comments=True,
)
_shower = nh3.Cleaner(
    tags=set(SHOWN),
    clean_content_tags=REMOVED_WITH_THEIR_WORDS,
    attributes={
        "a": {"href", "hreflang", "title", "class", "translate"},
        "span": {"class", "translate"},
        "p": {"class"},
        "ol": {"start", "reversed"},
        "li": {"value"},
        "*": {"lang", "dir"},
    },
    attribute_filter=_filtered,
    link_rel=LINK_REL,
    url_schemes={"http", "https", "mailto", "xmpp", "tel", "gemini", "dat", "dweb", "ipfs", "ipns", "magnet"},
    strip_comments=True,
)
_TOKEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>|([^<]+|<)")
_OPENING = re.compile(r"<[a-zA-Z]")
_UNSEEN = re.compile(
    r"<(script|style|template|noscript|iframe|svg|math)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.S | re.I
)


def clean(html: str) -> str:
    """HTML that may stand on a page of ours, with the classes by which others mark mentions, hashtags and microformats.
    Cleaning twice is cleaning once. What holds too many tags keeps its words only."""
    html = cleaned = _readable(html)
    for _again in range(PASSES):  # what was lifted out of a table that goes may have to be put right again
        if not _is_simple(cleaned) or len(cleaned) > SOURCE:
            break
        before, cleaned = cleaned, _shower.clean(cleaned)
        if cleaned == before:
            return cleaned
    return _shower.clean(escape(to_text(html, Tags())[0][: SOURCE // 6], quote=False))  # "&nbsp;" is six


def to_text(html: str, tags: Tags, *, quoted: bool = False) -> tuple[str, tuple[Facet, ...]]:
    """The text of some HTML, and what is marked in it. `quoted`: the line that repeats a quoted address is left out."""
    flow = _flow(html, tags, quoted)
    return flow.finish(TEXT)


def to_parts(html: str, tags: Tags, *, quoted: bool = False) -> tuple[str, tuple[Facet, ...], list[tuple[str, str]]]:
    """As `to_text`, and the pictures that stand in it: address and words of each."""
    flow = _flow(html, tags, quoted)
    return *flow.finish(TEXT), flow.pictures


def _flow(html: str, tags: Tags, quoted: bool) -> Flow:
    if not html:
        return Flow(tags)
    html = _readable(html)
    html = _reader.clean(html) if _is_simple(html) else _UNSEEN.sub("", html)
    flow = Flow(tags, quoted=quoted)
    for found in _TOKEN.finditer(html):
        closing, tag, attributes, words = found.groups()
        if words:
            flow.words(words)
        elif closing:
            flow.close(tag.lower())
        else:
            flow.open(tag.lower(), attributes)
        if flow.length > TEXT:
            break
    return flow


def _is_simple(html: str) -> bool:
    return sum(1 for _ in _OPENING.finditer(html)) <= PARSED


def _readable(html: str) -> str:
    return html[:SOURCE].replace("\x00", "").encode("utf-8", "replace").decode()
