"""A claimed dispatch with everything it takes to send it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from time import monotonic

from corale.adapters.activitypub.hosts import blocked_among
from corale.adapters.activitypub.models import Activity, Server
from corale.adapters.activitypub.sending.claiming import Claimed
from corale.channels import sealing


@dataclass(frozen=True, slots=True)
class Words:
    """What is said and in whose name, and since when we try. Shared by all dispatches of one activity in a batch."""

    body: bytes
    key_id: str
    private_key_pem: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """One dispatch on its way. `taken` is on the monotonic clock."""

    id: int
    attempt: int
    server_id: int
    host: str
    scheme: str
    is_unwanted: bool
    was_failing: bool
    inbox: str
    words: Words
    taken: float


def letters(claimed: Sequence[Claimed]) -> list[Letter]:
    """Three queries for all of them."""
    servers = Server.objects.in_bulk({each.server_id for each in claimed})
    unwanted = blocked_among({server.host for server in servers.values()})
    said = {pk: _words(activity) for pk, activity in _activities({each.activity_id for each in claimed}).items()}
    taken = monotonic()
    return [
        _letter(each, server, said[each.activity_id], taken, is_unwanted=server.host in unwanted)
        for each in claimed
        for server in [servers[each.server_id]]
    ]


def _letter(claimed: Claimed, server: Server, words: Words, taken: float, *, is_unwanted: bool) -> Letter:
    return Letter(
        id=claimed.id,
        attempt=claimed.attempt,
        server_id=server.pk,
        host=server.host,
        scheme=server.scheme,
        is_unwanted=is_unwanted,
        was_failing=server.failures > 0 or server.is_dead,
        inbox=claimed.inbox,
        words=words,
        taken=taken,
    )


def _activities(ids: set[int]) -> dict[int, Activity]:
    return Activity.objects.select_related("actor").in_bulk(ids)


def _words(activity: Activity) -> Words:
    actor = activity.actor
    return Words(activity.body.encode(), actor.key_id, _opened(actor.private_key), activity.created_at)


@lru_cache(maxsize=256)
def _opened(sealed: str) -> str:
    """A key is unsealed once per process; `sign` keeps what it has parsed."""
    return sealing.open_sealed(sealed)
