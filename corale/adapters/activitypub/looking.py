"""Something on the fediverse that a colleague wants to look at: somebody, or something said."""

from __future__ import annotations

from dataclasses import dataclass

from corale.adapters.activitypub import own
from corale.adapters.activitypub.actors import by_handle, remote_actor
from corale.adapters.activitypub.fetching import find
from corale.adapters.activitypub.models import RemoteActor
from corale.adapters.activitypub.wire.fields import same_host
from corale.adapters.activitypub.wire.html import to_text
from corale.adapters.activitypub.wire.people import is_actor
from corale.adapters.activitypub.wire.said import author_of
from corale.adapters.activitypub.wire.tags import Tags
from corale.adapters.activitypub.wire.things import normalised
from corale.channels import record
from corale.channels.errors import Malformed


@dataclass(frozen=True, slots=True)
class Looked:
    """Who it is, or who said it; what was said, by its id and its words; whether it stands in our record."""

    who: RemoteActor
    native_id: str = ""
    text: str = ""
    is_known: bool = False


def look(address: str) -> Looked:
    """What stands at an address, or whom a handle means; asked of their server, kept nowhere but as somebody known.

    Errors: Refused (nothing there, or ours), Unreachable, Malformed.
    """
    if not address.startswith(("https://", "http://")):
        return Looked(by_handle(address))
    there = find(address)
    thing = normalised(there.document)
    if is_actor(thing):
        return Looked(remote_actor(there.uri))
    author = author_of(thing)
    if not author or not same_host(there.uri, author):
        raise Malformed("nothing that somebody said")
    words, house = to_text(str(thing.get("content") or ""), Tags())[0], own.connection()
    known = house is not None and bool(record.public(house, [there.uri]))
    return Looked(remote_actor(author), there.uri, words, known)
