"""What others wrote in HTML, made harmless: a few tags that carry meaning, links that lead out, nothing that acts."""

from __future__ import annotations

import nh3

TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "hr", "i", "ins", "li"),
    *("ol", "p", "pre", "q", "s", "small", "span", "strong", "sub", "sup", "u", "ul"),
}
ATTRIBUTES = {"a": {"href", "hreflang", "title"}, "abbr": {"title"}, "ol": {"start"}, "*": {"lang", "dir"}}
SCHEMES = {"http", "https", "mailto", "tel"}
REMOVED_WITH_THEIR_WORDS = {"script", "style", "iframe", "object", "embed", "template", "noscript", "svg", "math"}
LINK_REL = "noopener nofollow ugc"

_cleaner = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=REMOVED_WITH_THEIR_WORDS,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    link_rel=LINK_REL,
    strip_comments=True,
)


def clean(html: str) -> str:
    """HTML that may stand on our page. Images do not stay: looking at one tells its server who looks, and when."""
    return _cleaner.clean(html.replace("\x00", ""))


def words(html: str) -> str:
    """Only the words: no tags at all."""
    return nh3.clean(html.replace("\x00", ""), tags=set(), clean_content_tags=REMOVED_WITH_THEIR_WORDS)
