"""Asking for one object where it lives, and keeping it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.fetching import Gone, find
from corale.adapters.activitypub.threads.memory import may_ask
from corale.adapters.activitypub.wire.body import version_of
from corale.adapters.activitypub.wire.fields import same_host, uri
from corale.adapters.activitypub.wire.people import is_actor
from corale.adapters.activitypub.wire.things import Thing, normalised
from corale.channels.actions.keep import keep
from corale.channels.contract import Raw
from corale.channels.errors import ChannelError, Malformed, Refused
from corale.channels.models import Connection

if TYPE_CHECKING:
    from corale.adapters.activitypub.inbox.arrival import Arrival


@dataclass(frozen=True, slots=True)
class Found:
    """Something said, as its own server gives it."""

    thing: Thing
    body: bytes

    def raw(self, **headers: str) -> Raw:
        """An envelope for each version."""
        return Raw(f"{uri(self.thing.get('id'))} {version_of(self.thing)}", self.body, _fetched(headers))


def ask(address: str) -> Found | None:
    """None when it cannot be had, is nothing that somebody said, or was asked for within the hour."""
    if addresses.is_ours(address) or not may_ask(address):
        return None
    try:
        return _said_at(address)
    except ChannelError:
        return None


def bring(arrival: Arrival, address: str, *, again: bool = False) -> None:
    """What somebody told us of by its address: it counts as said to whom it names. `again`: it has changed there, or is
    gone. Errors: Unreachable, so that it is tried again."""
    if addresses.is_ours(address) or not (may_ask(address) or again):
        return
    try:
        raw = _said_at(address).raw(delivered="1")
    except Gone:
        raw = Raw(f"{address} gone", _tombstone(address), _fetched({}))
    except (Refused, Malformed):
        return
    keep(arrival.round.connection, [raw])


def overhear(arrival: Arrival, address: str) -> None:
    """What somebody whom we follow passes on."""
    if (found := ask(address)) is not None:
        keep_all(arrival.round.connection, [found], root="")


def keep_all(connection: Connection, found: Sequence[Found], *, root: str) -> int:
    """As parts of one thread; how many were new."""
    return keep(connection, [each.raw(root=root) for each in found]) if found else 0


def _said_at(address: str) -> Found:
    given = find(address)
    thing = normalised(given.document)
    if is_actor(thing) or not same_host(uri(thing.get("id")), uri(thing.get("attributedTo"))):
        raise Malformed("nothing that somebody said")
    return Found(thing, given.body)


def _tombstone(address: str) -> bytes:
    return json.dumps({"id": address, "type": "Tombstone"}).encode()


def _fetched(more: Mapping[str, str]) -> dict[str, str]:
    """The headers of something that we asked for."""
    return {"base": addresses.base(), "fetched": "object"} | {name: value for name, value in more.items() if value}
