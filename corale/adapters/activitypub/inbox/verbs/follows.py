"""Somebody follows one of us."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from corale.adapters.activitypub import followers
from corale.adapters.activitypub.actors import remote_actor
from corale.adapters.activitypub.hosts import is_blocked, is_limited
from corale.adapters.activitypub.inbox.arrival import Arrival
from corale.adapters.activitypub.inbox.ours import actor_at
from corale.adapters.activitypub.models import Actor, Follower, RemoteActor, Tombstone
from corale.channels.keys import key_of

OVERTAKEN = timedelta(hours=1)
MAY_BE_FOLLOWED = {Actor.State.ACTIVE, Actor.State.PAUSED}


def follow(arrival: Arrival) -> None:
    """They are a follower at once, or wait for the actor's own decision. A repeated Follow is answered again: the first
    answer may have been lost."""
    actor = actor_at(arrival.target)
    if actor is None or _was_taken_back(arrival):
        return
    remote = remote_actor(arrival.signer)
    with transaction.atomic():
        follower = _asked(actor, remote, arrival)
        if not _is_welcome(actor, remote):
            followers.refuse(follower)
        elif follower.state == Follower.State.ACCEPTED or not (actor.approves_followers or _waits(remote)):
            followers.accept(follower)


def _was_taken_back(arrival: Arrival) -> bool:
    """Its Undo came first. Only for a while: some servers use one id for every time they follow."""
    if not arrival.is_gone(arrival.id):
        return False
    return Tombstone.objects.filter(key=key_of(arrival.id), at__gt=arrival.at - OVERTAKEN).exists()


def _asked(actor: Actor, remote: RemoteActor, arrival: Arrival) -> Follower:
    """The row, as somebody who asks now; who stands already goes on standing."""
    follower, _ = Follower.objects.select_for_update().get_or_create(
        actor=actor, remote=remote, defaults={"uri": arrival.id, "at": arrival.at}
    )
    follower.uri = arrival.id
    if not follower.is_standing:
        follower.state, follower.at, follower.ended_at = Follower.State.PENDING, timezone.now(), None
    follower.save(update_fields=["uri", "state", "at", "ended_at"])
    return follower


def _waits(remote: RemoteActor) -> bool:
    """Of a limited server nobody follows by themselves, as everywhere on the network."""
    return is_limited(remote.server.host) and not remote.followed_by_us.filter(ended_at=None).exists()


def _is_welcome(actor: Actor, remote: RemoteActor) -> bool:
    blocked = remote.is_blocked or is_blocked(remote.server.host)
    return actor.state in MAY_BE_FOLLOWED and not blocked
