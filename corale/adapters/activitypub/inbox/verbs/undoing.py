"""Somebody takes back what they did."""

from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone

from corale.adapters.activitypub import followers
from corale.adapters.activitypub.inbox.arrival import Arrival
from corale.adapters.activitypub.inbox.ours import name_at
from corale.adapters.activitypub.models import Follower, Reaction
from corale.adapters.activitypub.wire.fields import uri
from corale.adapters.activitypub.wire.things import Thing, is_a, types
from corale.channels.keys import key_of

_KINDS = {"Like": Reaction.Kind.LIKE, "EmojiReact": Reaction.Kind.LIKE, "Announce": Reaction.Kind.BOOST}


def undo(arrival: Arrival) -> None:
    """By the id of what is undone; or by who did what to which, because ids get lost on the way."""
    for thing in arrival.objects or [{"id": arrival.target}]:
        if uri(thing.get("actor")) not in ("", arrival.signer):
            continue
        with transaction.atomic():
            if not _by_id(arrival, thing):
                _by_what_it_was(arrival, thing)
            if (address := uri(thing.get("id"))) and arrival.may_speak_of(address):
                arrival.round.bury(address, arrival.at)


def _by_id(arrival: Arrival, thing: Thing) -> bool:
    if not (address := uri(thing.get("id"))):
        return False
    if not types(thing) or is_a(thing, "Follow"):
        asked = Follower.objects.select_for_update().filter(uri=address, remote__uri=arrival.signer)
        for follower in asked:
            followers.ends(follower, at=timezone.now())
        if asked:
            return True
    return take_back(Reaction.objects.filter(key=key_of(address), actor_uri=arrival.signer))


def _by_what_it_was(arrival: Arrival, thing: Thing) -> None:
    target = uri(thing.get("object"))
    if is_a(thing, "Follow"):
        theirs = Follower.objects.select_for_update().filter(actor__name=name_at(target), remote__uri=arrival.signer)
        for follower in theirs:
            followers.ends(follower, at=timezone.now())
    for kind in types(thing):
        if kind in _KINDS:
            take_back(Reaction.objects.filter(post__uri=target, kind=_KINDS[kind], actor_uri=arrival.signer))


def take_back(found: models.QuerySet[Reaction]) -> bool:
    """Fills the time; True when there was something."""
    changed = found.filter(undone_at=None).update(undone_at=timezone.now())
    return bool(changed)
