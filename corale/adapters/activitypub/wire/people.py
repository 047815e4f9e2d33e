"""Somebody on the fediverse, from the document that describes them."""

from __future__ import annotations

from corale.adapters.activitypub.wire.fields import LINK, host, link, text, uri, words
from corale.adapters.activitypub.wire.html import to_text
from corale.adapters.activitypub.wire.tags import tags
from corale.adapters.activitypub.wire.things import Thing, each, is_a
from corale.channels.contract import Who
from corale.channels.errors import Malformed

PLATFORM = "activitypub"
KINDS = ("Person", "Service", "Application", "Organization", "Group")
ABOUT = 5_000


def somebody(actor: str) -> Who:
    """Of whom only the address is known: whoever keeps the record keeps the name it knows."""
    return Who(PLATFORM, actor)


def is_actor(thing: Thing) -> bool:
    """A profile: by its type, or because it can be written to."""
    return is_a(thing, *KINDS) or bool(uri(thing.get("inbox")) and thing.get("preferredUsername"))


def who(thing: Thing, *, handle: str = "") -> Who:
    """A profile as it is now. `handle`: as WebFinger confirmed it; else what the document itself claims."""
    actor = uri(thing.get("id"))
    if not actor:
        raise Malformed("a profile without an address")
    name = text(thing, "preferredUsername").lstrip("@")
    about, _language = words(thing, "summary", most=50_000)
    return Who(
        PLATFORM,
        actor,
        handle=handle or (f"{name}@{host(actor)}" if name else ""),
        name=text(thing, "name", most=200) or name,
        avatar_url=picture(thing.get("icon")),
        description=to_text(about, tags(thing))[0][:ABOUT],
        url=link(thing.get("url")) or actor,
    )


def picture(value: object) -> str:
    """The address of a picture: as a string, an object, or the first of several."""
    for found in each(value):
        if isinstance(found, dict) and (address := link(found.get("url")) or uri(found.get("href"), most=LINK)):
            return address
        if address := uri(found, most=LINK):
            return address
    return ""
