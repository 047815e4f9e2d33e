"""The pages of the manual, and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LANGUAGES = ("en", "it")
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "bench/*.md", "corale/**/README.md", "tests/payloads/*.md")
    for path in ROOT.glob(pattern)
    if "static" not in path.parts
)
_FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)


def name(path: Path) -> str:
    """As one would say it: docs/en/user-guide.md."""
    return str(path.relative_to(ROOT))


def prose(path: Path) -> str:
    """Without the blocks of code."""
    return _FENCE.sub("", path.read_text())


def headings(path: Path) -> list[tuple[int, str]]:
    """Level and words of each heading."""
    return [(len(marks), words.strip()) for marks, words in re.findall(r"^(#{1,6}) (.+)$", prose(path), re.MULTILINE)]


def anchors(path: Path) -> set[str]:
    """Where a link can point to, as repositories make them from headings."""
    return {re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-") for _level, words in headings(path)}


def links(path: Path) -> Iterator[str]:
    """Everything a page points to, pictures included."""
    yield from re.findall(r"\]\(([^)\s]+)\)", prose(path))


def rows(path: Path) -> Iterator[list[str]]:
    """The cells of every row of every table."""
    for line in prose(path).splitlines():
        if line.startswith("|") and not re.fullmatch(r"[|\-: ]+", line):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def code(text: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", text)
