"""The words of a page in the order in which one reads them, with the white space that a browser would show."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from corale.adapters.activitypub.wire.fields import LINK, uri
from corale.adapters.activitypub.wire.tags import Tags
from corale.channels.contract import Facet

_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "dl", "table", "figure", "hr"}
_LINES = {
    *("address", "article", "aside", "center", "dd", "details", "div", "dt", "fieldset", "figcaption", "footer"),
    *("form", "header", "li", "main", "nav", "section", "summary", "tr"),
}
_SPACE = re.compile(r"[ \t\n\r\f]+")
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_EMOJI = re.compile(r":[\w.+-]+:")
_PICTURES = 32
_DEPTH = 8  # of quotations and lists, as they are shown


@dataclass(slots=True)
class _Anchor:
    href: str
    classes: frozenset[str]
    rel: frozenset[str]
    start: int = -1
    piece: int = 0  # the number of the piece that begins with it


@dataclass(slots=True)
class Flow:
    """Takes tags and words one after the other, and knows at any time what is written so far."""

    tags: Tags
    quoted: bool = False
    length: int = 0
    pictures: list[tuple[str, str]] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _facets: list[Facet] = field(default_factory=list)
    _anchor: _Anchor | None = None
    _newlines: int = 0
    _space: bool = False
    _marker: str = ""
    _quotes: int = 0
    _lists: list[int | None] = field(default_factory=list)  # the next number; None where there are bullets
    _verbatim: int = 0
    _skipped: tuple[str, int] | None = None  # within what repeats a quoted address: the tag, and how deep

    def open(self, tag: str, attributes: str) -> None:
        """A tag begins."""
        if self._skipped:
            name, depth = self._skipped
            self._skipped = name, depth + (tag == name)
            return
        found = _attributes(attributes) if attributes.strip() else {}
        if self.quoted and "quote-inline" in found.get("class", "").split():
            self._skipped = tag, 1
            return
        self._break(tag)
        match tag:
            case "a":
                self._end_anchor()
                rel, classes = frozenset(found.get("rel", "").split()), frozenset(found.get("class", "").split())
                self._anchor = _Anchor(uri(found.get("href", ""), most=LINK), classes, rel)
            case "img":
                self._picture(found)
            case "br":
                self._newlines = min(self._newlines + 1, 2)
            case "pre":
                self._verbatim += 1
            case "blockquote":
                self._quotes += 1
            case "ul" | "ol":
                start = found.get("start", "1")
                self._lists.append(int(start) if tag == "ol" and re.fullmatch(r"-?[0-9]{1,6}", start) else _first(tag))
            case "li":
                self._item()
            case "td" | "th":
                self._space = True

    def close(self, tag: str) -> None:
        """A tag ends."""
        if self._skipped:
            name, depth = self._skipped
            self._skipped = (name, depth - (tag == name)) if depth > (tag == name) else None
            return
        match tag:
            case "a":
                self._end_anchor()
            case "pre":
                self._verbatim = max(0, self._verbatim - 1)
            case "blockquote":
                self._quotes = max(0, self._quotes - 1)
            case "ul" | "ol":
                self._lists[-1:] = []
        self._break(tag)

    def words(self, escaped: str) -> None:
        """What stands between tags."""
        if self._skipped:
            return
        words = unescape(escaped)
        if self._verbatim:
            for number, line in enumerate(words.replace("\r", "").split("\n")):
                self._newlines += bool(number)
                self._put(line)
            return
        words = _SPACE.sub(" ", words)
        if words.startswith(" "):
            self._space = True
        self._put(words.strip(" "))
        if words.endswith(" ") and len(words) > 1:
            self._space = True

    def finish(self, most: int) -> tuple[str, tuple[Facet, ...]]:
        """The text, at most so long, and what is marked in it, in order."""
        self._end_anchor()
        text = "".join(self._pieces)
        if len(text) > most:
            text = text[: most - 1].rstrip() + "…"
            return text, tuple(facet for facet in self._facets if facet.end < len(text))
        return text, tuple(self._facets)

    def _break(self, tag: str) -> None:
        """Blocks begin and end on lines of their own, paragraphs with an empty line between."""
        if (
            tag in _PARAGRAPHS
            and not (tag in {"ul", "ol"} and len(self._lists) > 0)
            and not (tag == "p" and self._marker)
        ):
            self._newlines = max(self._newlines, 2)
        elif tag in _LINES or tag in _PARAGRAPHS:
            self._newlines = max(self._newlines, 1)

    def _item(self) -> None:
        if not self._lists:
            self._lists.append(None)
        number = self._lists[-1]
        self._marker = "  " * (min(len(self._lists), _DEPTH) - 1) + ("- " if number is None else f"{number}. ")
        if number is not None:
            self._lists[-1] = number + 1

    def _picture(self, found: dict[str, str]) -> None:
        """An emoji is a word; any other picture stands beside the text."""
        alt = " ".join(found.get("alt", "").split())
        if "emoji" in found.get("class", "").split() or _EMOJI.fullmatch(alt):
            self._put(alt)
        elif (source := uri(found.get("src", ""), most=LINK)) and len(self.pictures) < _PICTURES:
            self.pictures.append((source, alt))
        else:
            self._put(alt)

    def _put(self, words: str) -> None:
        """Words, after the white space and the marks that are due before them."""
        if not words:
            return
        if self._newlines or not self.length:
            before = "\n" * self._newlines if self.length else ""
            before += "> " * min(self._quotes, _DEPTH) + self._marker
            self._newlines, self._marker = 0, ""
        else:
            before = " " if self._space else ""
        self._space = False
        if self._anchor is not None and self._anchor.start < 0:
            self._anchor.start, self._anchor.piece = self.length + len(before), len(self._pieces)
        self._pieces.append(before + words)
        self.length += len(before) + len(words)

    def _end_anchor(self) -> None:
        anchor, self._anchor = self._anchor, None
        if anchor is None or anchor.start < 0 or anchor.start >= self.length:
            return
        shown = "".join(self._pieces[anchor.piece :])
        if facet := self._facet(anchor, shown[anchor.start - self.length :]):
            self._facets.append(facet)

    def _facet(self, anchor: _Anchor, shown: str) -> Facet | None:
        start, end, before = anchor.start, self.length, self._before(anchor.start)
        if shown.startswith(("#", "＃")) or before in ("#", "＃"):
            word = shown.lstrip("#＃").strip()
            if word and (anchor.classes & {"hashtag"} or "tag" in anchor.rel or self.tags.is_hashtag(anchor.href)):
                return Facet(start - (not shown.startswith(("#", "＃"))), end, "tag", word)
        is_mention = shown.startswith("@") or before == "@" or "mention" in anchor.classes
        if is_mention and anchor.href and (value := self.tags.mentioned(anchor.href, shown)):
            return Facet(start - (before == "@" and not shown.startswith("@")), end, "mention", value)
        return Facet(start, end, "link", anchor.href) if anchor.href else None

    def _before(self, place: int) -> str:
        """The letter before a place."""
        at = self.length
        for piece in reversed(self._pieces):
            at -= len(piece)
            if at < place:
                return piece[place - 1 - at]
        return ""


def _first(tag: str) -> int | None:
    return 1 if tag == "ol" else None


def _attributes(attributes: str) -> dict[str, str]:
    return {
        name.lower(): unescape(quoted or single or bare)
        for name, quoted, single, bare in _ATTRIBUTE.findall(attributes[:10_000])
    }
