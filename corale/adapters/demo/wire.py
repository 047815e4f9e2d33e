"""The demo channel's own JSON, one object per thing that happened, to our words and back. No Django, no network."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import regex

from corale.channels.contract import Attached, Event, Facet, Known, Reacted, Said, Unreacted, Vanished, Who
from corale.channels.errors import Malformed

PLATFORM = "demo"
_TAG = regex.compile(r"(?<![\w&#])#(\p{L}[\p{L}\p{N}_]*)")
_LINK = regex.compile(r"https?://[^\s<>]*[^\s<>.,;:!?)»”]")


def encode(thing: dict[str, Any]) -> bytes:
    """One arrival as bytes, always the same for the same thing."""
    return json.dumps(thing, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def events(body: bytes) -> Iterator[Event]:
    """What the bytes say. Malformed when they are not ours to understand."""
    try:
        thing = json.loads(body)
        yield _READERS[thing["type"]](thing)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Malformed(f"not a message of the demo channel: {error!r}") from error


def facets(text: str) -> tuple[Facet, ...]:
    """Tags and links in what somebody writes, by characters."""
    found = [Facet(match.start(), match.end(), "link", match.group()) for match in _LINK.finditer(text)]
    found += [Facet(match.start(), match.end(), "tag", match.group(1)) for match in _TAG.finditer(text)]
    return tuple(sorted(found, key=lambda facet: facet.start))


def _said(thing: dict[str, Any]) -> Said:
    return Said(
        native_id=thing["id"],
        version=thing.get("version", "1"),
        author=_who(thing["by"]),
        text=thing["text"],
        written_at=_moment(thing.get("at")),
        kind=thing.get("kind", "post"),
        parent=thing.get("parent", ""),
        root=thing.get("root", ""),
        quotes=thing.get("quotes", ""),
        addressed=bool(thing.get("to_us", False)),
        ours=bool(thing.get("ours", False)),
        direct=bool(thing.get("direct", False)),
        language=thing.get("language", ""),
        facets=facets(thing["text"]),
        attachments=tuple(_pictures(thing.get("pictures", ()))),
    )


def _reacted(thing: dict[str, Any]) -> Reacted:
    return Reacted(thing["id"], thing["kind"], _who(thing["by"]), thing["target"], _moment(thing.get("at")))


def _pictures(pictures: Iterable[dict[str, Any]]) -> Iterator[Attached]:
    for picture in pictures:
        yield Attached(
            kind="image", url=picture["url"], alt=picture.get("alt", ""), mime="image/png",
            width=picture.get("width", 0), height=picture.get("height", 0),
        )  # fmt: skip


def _who(who: dict[str, Any]) -> Who:
    return Who(
        platform=PLATFORM,
        stable_id=who["id"],
        handle=who.get("handle", ""),
        name=who.get("name", ""),
        avatar_url=who.get("avatar_url", ""),
        description=who.get("description", ""),
    )


def _moment(value: str | None) -> datetime | None:
    if not value:
        return None
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


_READERS: dict[str, Any] = {
    "said": _said,
    "reacted": _reacted,
    "unreacted": lambda thing: Unreacted(thing["id"]),
    "gone": lambda thing: Vanished(thing["id"], thing.get("how", "deleted")),
    "known": lambda thing: Known(_who(thing["who"]), bool(thing.get("reachable", True))),
}
