"""A poll, read as text: its question, its options and how many chose each."""

from __future__ import annotations

from corale.adapters.activitypub.wire.fields import number, text
from corale.adapters.activitypub.wire.things import Thing, things

OPTIONS = 50


def options(thing: Thing) -> list[tuple[str, int]]:
    """Each option and its votes."""
    listed = things(thing.get("oneOf"), most=OPTIONS) or things(thing.get("anyOf"), most=OPTIONS)
    found = [(text(each, "name"), _votes(each)) for each in listed]
    return [(name, votes) for name, votes in found if name]


def as_text(thing: Thing) -> str:
    """A line for each option: a circle where one may be chosen, a box where several may."""
    mark = "○" if things(thing.get("oneOf")) else "☐"
    return "\n".join(f"{mark} {name} · {votes}" for name, votes in options(thing))


def is_vote(thing: Thing) -> bool:
    """A name and no words, in answer to something: a vote, not a message."""
    said = any(thing.get(name) for name in ("content", "contentMap", "attachment"))
    return bool(thing.get("name")) and bool(thing.get("inReplyTo")) and not said


def _votes(option: Thing) -> int:
    return next((number(each.get("totalItems")) for each in things(option.get("replies"))), 0)
