"""Texts with what is known of them, from the data beside the project and from our own invented messages."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corale.listen.reading.labels import INTENTS, NEEDS_ANSWER

HERE = Path(__file__).resolve().parent
SEEDS = HERE / "seeds"


@dataclass(slots=True)
class Example:
    """A text, and for each head 1 (holds) or 0 (does not); a head that is not there is not known."""

    text: str
    language: str
    heads: dict[str, int] = field(default_factory=dict)
    sentiment: str = ""
    weight: float = 1.0
    source: str = "seeds"


def folder() -> Path | None:
    """Where the public data lie: `NLP=`, or beside the project."""
    if given := os.environ.get("NLP"):
        return Path(given)
    for up in HERE.parents:
        if (found := up / "shared" / "data" / "nlp").is_dir():
            return found
    return None


def table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a tab-separated file with a header."""
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t")


def seeds(language: str) -> list[Example]:
    """Invented messages of our own: every head is known."""
    examples, sentiment, holds = [], "", set[str]()
    for line in (SEEDS / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            sentiment, *given = line[2:].split()
            holds = {NEEDS_ANSWER if word == "!" else word for word in given}
            continue
        heads = {name: int(name in holds) for name in (*INTENTS, NEEDS_ANSWER)}
        examples.append(Example(line, language, heads, "" if sentiment == "mixed" else sentiment))
    return examples
