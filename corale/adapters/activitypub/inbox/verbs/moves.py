"""Somebody moves to another server."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from corale.adapters.activitypub import following
from corale.adapters.activitypub.actors import remote_actor
from corale.adapters.activitypub.inbox.arrival import Arrival
from corale.adapters.activitypub.inbox.ours import actor_at
from corale.adapters.activitypub.models import Actor, Following, RemoteActor
from corale.adapters.activitypub.wire.fields import uri

PAUSE = timedelta(days=7)
"""Between two moves that we follow. Who jumps about takes nobody along; others wait up to thirty days."""


def move(arrival: Arrival) -> None:
    """Whoever of us followed the old account follows the new one, if both say that they are the same. Who followed us
    from there follows us anew from their new server, on its own."""
    target = uri(arrival.activity.get("target"))
    if arrival.target != arrival.signer or not target or target == arrival.signer:
        arrival.ignore()
        return
    if (ours := actor_at(target)) is not None:
        _welcome(arrival, ours)
        return
    old, new = remote_actor(arrival.signer, refresh=True), remote_actor(target, refresh=True)
    if not _agree(old, new) or _has_just_moved(old):
        arrival.ignore()
        return
    with transaction.atomic():
        RemoteActor.objects.filter(pk=old.pk).update(moved_at=timezone.now())
        _take_along(old, new)


def _welcome(arrival: Arrival, ours: Actor) -> None:
    """Somebody has moved in here. Who of us followed the old account has no need to: we do not follow each other."""
    if arrival.signer not in ours.also_known_as:
        arrival.ignore()
        return
    for asked in Following.objects.filter(remote__uri=arrival.signer, ended_at=None).select_related("actor"):
        following.unfollow(asked)


def _agree(old: RemoteActor, new: RemoteActor) -> bool:
    """The old account names the new one, and the new one the old one; anybody could claim one half."""
    return old.moved_to == new.uri and old.uri in new.also_known_as


def _has_just_moved(old: RemoteActor) -> bool:
    return old.moved_at is not None and timezone.now() - old.moved_at < PAUSE


def _take_along(old: RemoteActor, new: RemoteActor) -> None:
    for asked in Following.objects.select_for_update().filter(remote=old, ended_at=None).select_related("actor"):
        following.follow(asked.actor, new)
        following.unfollow(asked)
