"""Announce: somebody boosts something, or a group passes on what its members do (FEP-1b12)."""

from __future__ import annotations

from corale.adapters.activitypub import threads
from corale.adapters.activitypub.inbox.arrival import Arrival
from corale.adapters.activitypub.inbox.verbs import reactions
from corale.adapters.activitypub.models import Following
from corale.adapters.activitypub.wire.fields import uri
from corale.adapters.activitypub.wire.things import Thing, is_a

PASSED_ON = ("Create", "Update", "Delete")
"""What a group tells of its members. A like that only the group vouches for is nobody's."""


def announce(arrival: Arrival) -> None:
    """Of ours: a boost. An activity in it is not believed on the group's word: what it is about is asked for where it
    lives. Something of others' concerns us when we follow who announces it."""
    inner = arrival.embedded
    if is_a(inner, *PASSED_ON) and inner.get("actor"):
        _passed_on(arrival, inner)
    elif not reactions.boost(arrival) and arrival.target and _is_followed(arrival):
        threads.overhear(arrival, arrival.target)


def _passed_on(arrival: Arrival, inner: Thing) -> None:
    for found in [inner.get("object")]:
        address = uri(found)
        if address and threads.concerns_us(arrival, found if isinstance(found, dict) else {}):
            threads.bring(arrival, address, again=not is_a(inner, "Create"))


def _is_followed(arrival: Arrival) -> bool:
    return Following.objects.filter(remote__uri=arrival.signer, ended_at=None).exists()
