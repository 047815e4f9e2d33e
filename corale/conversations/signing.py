"""What leaves through an account that colleagues share ends with the name of whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corale.channels.contract import Can
from corale.channels.models import Connection
from corale.people.models import Person

_SENTENCE = re.compile(r"[.!?…]\s+(?=\S)")
_WORDS = 6  # that go along with a name


def signature(connection: Connection, by: Person) -> str:
    """The line under an answer; empty where the channel itself shows who writes, or where they speak as themselves."""
    name = by.name.strip()
    if Can.SIGN not in connection.adapter.can or not name:
        return ""
    is_shared = connection.adapter.voice_for(connection, by.pk).stable_id == connection.stable_id
    return f"— {name}" if is_shared else ""


def signs(by: Person) -> bool:
    """Everybody does, until they say that they do not."""
    return by.preferences.get("signs") is not False


def signed(text: str, line: str) -> str:
    """With the line under it, once."""
    text = text.rstrip()
    return text if not line or text.endswith(line) else f"{text}\n{line}".lstrip()


def unsigned(text: str, line: str) -> str:
    """As it was before."""
    return text.rstrip().removesuffix(line).rstrip() if line else text


def signed_parts(parts: Sequence[str], line: str, fits: Callable[[str], bool]) -> list[str]:
    """A thread with the line under its last part, whole: where it does not fit there, the part's last sentence (or its
    last words) goes with it into one part more."""
    *before, last = parts
    if fits(signed(last, line)):
        return [*before, signed(last, line)]
    place = max((found.end() for found in _SENTENCE.finditer(last)), default=0)
    words = last.split(" ")
    rest, tail = (last[:place], last[place:]) if place else (" ".join(words[:-_WORDS]), " ".join(words[-_WORDS:]))
    if rest.strip() and fits(signed(tail, line)):
        return [*before, rest.strip(), signed(tail, line)]
    return [*before, last, line]
