"""Which of ours something is about."""

from __future__ import annotations

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.models import Actor, Post


def actor_at(address: str) -> Actor | None:
    """One of ours that can be found, by its id."""
    name = name_at(address)
    return Actor.objects.public().filter(name=name).first() if name else None


def name_at(address: str) -> str:
    """The name of one of ours, if that is exactly its id; "" otherwise."""
    name = addresses.name_in(address)
    return name if name and address == addresses.actor(name) else ""


def post_at(address: str) -> Post | None:
    """Something of ours that still stands, by its id."""
    if not addresses.is_ours(address):
        return None
    return Post.objects.select_related("actor").filter(uri=address, deleted_at=None).first()
