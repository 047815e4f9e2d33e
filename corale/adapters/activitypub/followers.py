"""Those who follow one of us: let in, refused, removed. Each answer leaves with the change that it tells of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.models import Actor, Follower
from corale.adapters.activitypub.sending import act
from corale.adapters.activitypub.wire import writing

State = Follower.State
COUNTED = 100


def waiting(actor: Actor) -> int:
    """How many wait for a yes; no more than a hundred are counted."""
    return actor.followers.waiting()[:COUNTED].count()


@transaction.atomic
def accept(follower: Follower) -> None:
    """They follow from now on, and are told so (again)."""
    if not follower.is_standing:
        follower.state, follower.ended_at = State.ACCEPTED, None
        follower.save(update_fields=["state", "ended_at"])
        _count(follower.actor, 1)
    _answer(writing.accept, follower)


@transaction.atomic
def refuse(follower: Follower) -> None:
    """They do not follow, or no longer, and their server is told so: it stops asking and showing (a removed follower
    is a rejected one, as everywhere on the network)."""
    ends(follower, at=timezone.now(), state=State.REJECTED)
    _answer(writing.reject, follower)


def ends(follower: Follower, *, at: datetime, state: str = "") -> None:
    """The row stays and says when."""
    was_standing = follower.is_standing
    follower.state, follower.ended_at = state or follower.state, follower.ended_at or at
    follower.save(update_fields=["state", "ended_at"])
    if was_standing:
        _count(follower.actor, -1)


def _count(actor: Actor, by: int) -> None:
    Actor.objects.filter(pk=actor.pk).update(followers_count=F("followers_count") + by)


def _answer(how: Callable[..., writing.Document], follower: Follower) -> None:
    """With the whole question inside, which is what every server recognises."""
    actor, remote = follower.actor, follower.remote
    asked = writing.follow(follower.uri, remote.uri, actor.uri)
    said = how(addresses.activity(actor.name), actor.uri, asked)
    act(actor, said, inboxes=[(remote.server, remote.inbox)], addressed=True)
