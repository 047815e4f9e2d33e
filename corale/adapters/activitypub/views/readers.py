"""Who asks, and whether what is not public is for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest

from corale.adapters.activitypub.models import Follower, Post
from corale.channels.keys import key_of


def who_asks(request: HttpRequest) -> str:
    """The URI of the actor whose signature is on the request; "" when there is none that we believe."""
    return ""


def may_read(thing: Post | Mapping[str, Any], asker: str) -> bool:
    """Whether somebody is named in it; or follows us, where it is for our followers."""
    if not asker:
        return False
    named = set(recipients(thing.document if isinstance(thing, Post) else thing))
    if asker in named:
        return True
    if not isinstance(thing, Post) or thing.audience != Post.Audience.FOLLOWERS:
        return False
    return Follower.objects.filter(
        actor=thing.actor, remote__key=key_of(asker), state=Follower.State.ACCEPTED, ended_at=None
    ).exists()


def recipients(document: Mapping[str, Any]) -> Iterator[str]:
    """Everybody named in `to` and `cc`."""
    for key in ("to", "cc"):
        value = document.get(key) or ()
        yield from [value] if isinstance(value, str) else [each for each in value if isinstance(each, str)]
