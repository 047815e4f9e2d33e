"""Somebody changed their profile, or left."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from corale.adapters.activitypub import followers, following
from corale.adapters.activitypub.actors import remote_actor
from corale.adapters.activitypub.inbox.arrival import Arrival
from corale.adapters.activitypub.models import Follower, Following, RemoteActor
from corale.adapters.activitypub.wire.fields import uri
from corale.adapters.activitypub.wire.things import Thing
from corale.channels.keys import key_of


def update(arrival: Arrival, thing: Thing) -> None:
    """Read again at its own address. Only their own: what somebody says of another's profile is nothing."""
    if uri(thing.get("id")) == arrival.signer:
        remote_actor(arrival.signer, refresh=True)
    else:
        arrival.ignore()


@transaction.atomic
def leave(arrival: Arrival) -> None:
    """The account is gone: nobody follows or is followed under that name any more. What was said stays."""
    remote = RemoteActor.objects.select_for_update().filter(key=key_of(arrival.signer)).first()
    if remote is None:
        return
    now = timezone.now()
    RemoteActor.objects.filter(pk=remote.pk, gone_at=None).update(gone_at=now)
    for follower in Follower.objects.select_for_update().filter(remote=remote, ended_at=None):
        followers.ends(follower, at=now)
    for asked in Following.objects.select_for_update().filter(remote=remote, ended_at=None):
        following.ends(asked, at=now)
