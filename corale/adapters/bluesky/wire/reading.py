"""What was kept, into events. `headers["item"]` says what the bytes are; of what is absent there are none to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from corale.adapters.bluesky.wire import addresses
from corale.adapters.bluesky.wire.fields import mapping, text
from corale.adapters.bluesky.wire.fields import moment as time_of
from corale.adapters.bluesky.wire.posts import Us, said, who
from corale.adapters.bluesky.wire.slices import opened
from corale.channels.contract import Event, Known, Raw, Reacted, Unreacted, Vanished, Who
from corale.channels.errors import Malformed

REACTIONS = {addresses.LIKE: "like", addresses.REPOST: "repost", addresses.FOLLOW: "follow"}


def read(raw: Raw) -> Iterator[Event]:
    """The events in one kept item. Malformed when it cannot be understood."""
    if raw.headers.get("item") == "absent":
        yield from _absent(raw.headers)
        return
    us = Us(raw.headers.get("account", ""), raw.headers.get("handle", ""))
    found = opened(raw.body)
    match raw.headers.get("item") or _item(found):
        case "notification":
            yield from _notification(found, us)
        case "post":
            yield (message := said(found, us))
            if raw.headers.get("back"):
                yield Known(message.author)
        case "profile":
            yield Known(_somebody(found))
        case other:
            raise Malformed(f"an item of an unknown kind: {other!r}")


def _item(found: Mapping[str, Any]) -> str:
    """What it looks like, where nobody has noted what it is."""
    return "notification" if "reason" in found else "post" if "record" in found else "profile"


def _notification(found: Mapping[str, Any], us: Us) -> Iterator[Event]:
    uri = text(found.get("uri"))
    try:
        collection = addresses.parse(uri).collection
    except ValueError as error:
        raise Malformed("a notification without an address") from error
    if collection == addresses.POST:
        message = said(found, us)
        yield message
        if found.get("reason") == "quote" and message.quotes:
            yield Reacted(uri, "quote", message.author, message.quotes, message.written_at)
    elif collection in REACTIONS:
        yield _reaction(uri, collection, found, us)
    else:
        yield Known(_somebody(mapping(found.get("author"))))


def _reaction(uri: str, collection: str, found: Mapping[str, Any], us: Us) -> Reacted:
    record = mapping(found.get("record"))
    if collection == addresses.FOLLOW:
        target = text(record.get("subject")) or us.did
    else:
        target = text(mapping(record.get("subject")).get("uri")) or text(found.get("reasonSubject"))
    if not target:
        raise Malformed("a reaction to nothing")
    at = time_of(found.get("indexedAt")) or time_of(record.get("createdAt"))
    actor = _somebody(mapping(found.get("author")))
    match REACTIONS[collection]:
        case "like":
            return Reacted(uri, "like", actor, target, at)
        case "repost":
            return Reacted(uri, "repost", actor, target, at)
        case _:
            return Reacted(uri, "follow", actor, target, at)


def _absent(headers: Mapping[str, str]) -> Iterator[Event]:
    uri, how = headers.get("uri", ""), headers.get("how", "")
    if not uri:
        raise Malformed("an absence of nothing")
    if how == "undone":
        yield Unreacted(uri)
    elif how == "deleted":
        yield Vanished(uri, "deleted")
    elif how == "hidden":
        yield Vanished(uri, "hidden")
    elif how == "unreachable" and addresses.is_did(uri):
        yield Known(Who("bluesky", uri), reachable=False)
    elif how == "unreachable":
        yield Vanished(uri, "unreachable")
        yield Known(Who("bluesky", addresses.owner(uri)), reachable=False)
    else:
        raise Malformed(f"an absence of an unknown kind: {how!r}")


def _somebody(found: Mapping[str, Any]) -> Who:
    if not addresses.is_did(text(found.get("did"))):
        raise Malformed("somebody without a stable identifier")
    return who(found)
