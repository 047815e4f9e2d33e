"""Every template compiles, and no visible word in it escapes translation."""

from __future__ import annotations

import os
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, TokenType

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corale.project.settings")
ROOT = Path(__file__).resolve().parents[1]
SPOKEN = {"title", "alt", "placeholder", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext"}
SILENT = {"script", "style", "code", "kbd", "samp", "pre", "svg"}
KEYS = {"Ctrl", "Enter", "Esc", "Shift", "Alt"}
NAMES = KEYS | {
    "Corale",
    "Molino",
    "Bluesky",
    "AT",
    "Protocol",
    "CSV",
    "JSONL",
    "JSON",
    "SQLite",
    "PostgreSQL",
    "URL",
    "AGPL",
}
UNSEEN = {"pane"}
"""Blocks that become part of a class and not of a page."""

MEANT = re.compile(r"\{# untranslated: .+ #\}")
"""Says in a template why its words are in one language, such as those of a page of samples."""

WORD = re.compile(r"[^\W\d_]{2,}")
FILE = re.compile(r"\b[\w-]+\.(py|csv|jsonl?|md|txt)\b")


def main() -> int:
    """Prints file, line and words for everything that is wrong."""
    import django

    django.setup()
    files = sorted(path for path in ROOT.glob("corale/**/templates/**/*") if path.is_file())
    found = [f"{path.relative_to(ROOT)}:{line}: {words}" for path in files for line, words in faults(path)]
    print("\n".join(found))
    return int(bool(found))


def faults(path: Path) -> list[tuple[int, str]]:
    """Where it does not compile, or says something in one language only."""
    from django.template import engines
    from django.template.exceptions import TemplateSyntaxError

    source = path.read_text()
    try:
        engines["django"].from_string(source)
    except TemplateSyntaxError as error:
        return [(1, f"does not compile: {error}")]
    return [] if MEANT.search(source) else bare_words(source, html=path.suffix == ".html")


def bare_words(source: str, *, html: bool = True) -> list[tuple[int, str]]:
    """Line and text of words that are not inside a translation tag."""
    text = without_tags(source)
    if not html:
        return [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if speaks(line)]
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader.found


def without_tags(source: str) -> str:
    """The text between template tags, line for line, without what is translated or commented."""
    kept, closing = [], ""
    for token in Lexer(source).tokenize():
        name, *rest = token.contents.split() or [""]
        quiet = name in {"blocktranslate", "blocktrans", "comment"} or (
            name == "block" and rest[:1] and rest[0] in UNSEEN
        )
        if token.token_type is TokenType.BLOCK and not closing and quiet:
            closing = "end" + name
        elif token.token_type is TokenType.BLOCK and name == closing:
            closing = ""
        seen = token.token_type is TokenType.TEXT and not closing
        kept.append(token.contents if seen else "\n" * token.contents.count("\n"))
    return "".join(kept)


def speaks(text: str) -> bool:
    """It has a word that a reader would read, other than a name."""
    return any(word not in NAMES for word in WORD.findall(FILE.sub("", text)))


class Reader(HTMLParser):
    """Collects what is visible: text, and the attributes that are read aloud or shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent.append(tag)
        for name, value in attrs:
            if name in SPOKEN and value and speaks(value):
                self.found.append((self.getpos()[0], f'{name}="{value}"'))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            del self.silent[self.silent.index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self.silent and speaks(data):
            self.found.append((self.getpos()[0], " ".join(data.split())))


if __name__ == "__main__":
    sys.exit(main())
