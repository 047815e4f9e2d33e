"""Reading the stories: plain text, one conversation after the other, each thing said in both languages.

## name  days-ago HH:MM  [only=en] [theme=…] [label=…]     (or `-5h`: that long before now)
who +delay            somebody says what stands below, in `it` and in `en`
note who +delay       a note among colleagues
edit +delay           the last thing they said now reads so
picture name          comes with the line above it
~verb who +delay      close, like, assign, snooze, spam, delete
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import regex

FOLDER = Path(__file__).parent / "stories"
_SPAN = regex.compile(r"(\d+)([dhm])")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


@dataclass(slots=True)
class Line:
    """Something that is said or done in a story, and when."""

    verb: str
    who: str
    at: datetime
    words: dict[str, str] = field(default_factory=dict)
    picture: str = ""
    options: dict[str, str] = field(default_factory=dict)
    extra: str = ""


@dataclass(slots=True)
class Story:
    """One conversation from its first word to its last."""

    name: str
    options: dict[str, str]
    lines: list[Line] = field(default_factory=list)

    def language(self, wanted: str) -> str:
        """The language it is told in: the one asked for, unless these people speak one only."""
        return self.options.get("only", wanted)


def stories(now: datetime) -> Iterator[Story]:
    """All of them, with their times counted back from `now` (aware, in the company's zone)."""
    for path in sorted(FOLDER.glob("*.txt")):
        story: Story | None = None
        for row in path.read_text(encoding="utf-8").splitlines():
            if row.startswith("## "):
                if story:
                    yield story
                story, clock = _begin(row[3:], now)
            elif story and row.strip():
                clock = _continue(story, row, clock)
        if story:
            yield story


def span(text: str) -> timedelta:
    """`1d2h30m` as a length of time."""
    return timedelta(**{_UNITS[unit]: int(number) for number, unit in _SPAN.findall(text)})


def _begin(row: str, now: datetime) -> tuple[Story, datetime]:
    name, *words = row.split()
    options = dict(word.split("=", 1) for word in words if "=" in word)
    when = [word for word in words if "=" not in word]
    if when[0].startswith("-"):
        return Story(name, options), now - span(when[0])
    hour, minute = map(int, when[1].split(":"))
    begun = (now - timedelta(days=int(when[0]))).replace(hour=hour, minute=minute, second=17, microsecond=0)
    return Story(name, options), begun


def _continue(story: Story, row: str, clock: datetime) -> datetime:
    head, _, rest = row.partition(" ")
    if head in {"it", "en"}:
        story.lines[-1].words[head] = rest.strip()
        return clock
    if head == "picture":
        story.lines[-1].picture = rest.strip()
        return clock
    line = _line(row.split(), clock)
    story.lines.append(line)
    return line.at


def _line(words: list[str], clock: datetime) -> Line:
    delay = next((word for word in words if word.startswith("+")), "")
    options = dict(word.split("=", 1) for word in words if "=" in word)
    names = [word for word in words if word != delay and "=" not in word]
    at = clock + span(delay)
    if names[0].startswith("~"):
        return Line(names[0][1:], (names[1:] or [""])[0], at, options=options, extra=" ".join(names[2:]))
    if names[0] in {"note", "edit"}:
        return Line(names[0], (names[1:] or [""])[0], at, options=options)
    return Line("says", names[0], at, options=options)
