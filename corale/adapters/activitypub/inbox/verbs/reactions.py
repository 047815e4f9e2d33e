"""What others do with something of ours: liked, boosted, answered, quoted, voted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from corale.adapters.activitypub.inbox.arrival import Arrival
from corale.adapters.activitypub.inbox.ours import post_at
from corale.adapters.activitypub.models import Post, Reaction
from corale.adapters.activitypub.wire.audience import audience
from corale.adapters.activitypub.wire.fields import text
from corale.channels.keys import key_of

Kind = Reaction.Kind
ONCE = {Kind.LIKE, Kind.BOOST}
"""Of these each person has one for each post, whatever the ids."""


def like(arrival: Arrival) -> None:
    """A like, or an emoji of the same meaning (FEP-c0e0)."""
    if arrival.is_gone(arrival.id):
        arrival.ignore()
    elif (post := post_at(arrival.target)) is not None:
        add(arrival, post, Kind.LIKE, arrival.id, choice=text(arrival.activity, "content"))


def boost(arrival: Arrival) -> bool:
    """True when it was something of ours. What is not public cannot be boosted by others."""
    post = post_at(arrival.target)
    if post is None:
        return False
    if arrival.is_gone(arrival.id) or post.audience not in (Post.Audience.PUBLIC, Post.Audience.UNLISTED):
        arrival.ignore()
        return True
    width = audience({}, arrival.activity, arrival.signer)
    add(arrival, post, Kind.BOOST, arrival.id, is_public=width in ("public", "unlisted"))
    return True


def add(
    arrival: Arrival, post: Post, kind: str, address: str, *, choice: str = "", is_public: bool = True,
    at: datetime | None = None,
) -> bool:  # fmt: skip
    """True when it is new."""
    address = address or f"{arrival.signer[:300]}#{kind}/{key_of(post.uri):x}"  # some give their likes no id
    with transaction.atomic():
        if kind in ONCE and _standing(post, kind, arrival.signer, choice):
            return False
        _row, made = Reaction.objects.get_or_create(
            key=key_of(address),
            defaults={
                "uri": address, "post": post, "kind": kind, "actor_uri": arrival.signer, "choice": choice[:300],
                "is_public": is_public, "at": min(at or arrival.at, arrival.at),
            },
        )  # fmt: skip
    return made


def _standing(post: Post, kind: str, actor_uri: str, choice: str) -> bool:
    same = Reaction.objects.filter(post=post, kind=kind, actor_uri=actor_uri, choice=choice[:300], undone_at=None)
    return same.exists()
