"""Those whom one of us follows."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from corale.adapters.activitypub import addresses
from corale.adapters.activitypub.models import Actor, Following, RemoteActor
from corale.adapters.activitypub.sending import act
from corale.adapters.activitypub.wire import writing

State = Following.State


@transaction.atomic
def follow(actor: Actor, remote: RemoteActor, *, uri: str = "") -> Following:
    """Asks to follow somebody; they may take their time. Twice is once, unless they refused meanwhile."""
    following, _ = Following.objects.select_for_update().get_or_create(
        actor=actor, remote=remote, defaults={"uri": uri or addresses.activity(actor.name), "ended_at": timezone.now()}
    )
    if following.ended_at is None:
        return following
    following.uri, following.state = uri or addresses.activity(actor.name), State.PENDING
    following.at, following.ended_at = timezone.now(), None
    following.save(update_fields=["uri", "state", "at", "ended_at"])
    said = writing.follow(following.uri, actor.uri, remote.uri)
    act(actor, said, inboxes=[(remote.server, remote.inbox)], addressed=True)
    return following


@transaction.atomic
def unfollow(following: Following) -> None:
    """No longer, and they are told so."""
    if following.ended_at is not None:
        return
    ends(following, at=timezone.now())
    actor, remote = following.actor, following.remote
    asked = writing.follow(following.uri, actor.uri, remote.uri)
    said = writing.undo(asked, uri=addresses.activity(actor.name))
    act(actor, said, inboxes=[(remote.server, remote.inbox)], addressed=True)


def stands(following: Following) -> None:
    """They agreed."""
    if following.state != State.ACCEPTED:
        following.state = State.ACCEPTED
        following.save(update_fields=["state"])
        _count(following.actor, 1)


def ends(following: Following, *, at: datetime, state: str = "") -> None:
    """The row stays and says when."""
    was_standing = following.is_standing
    following.state, following.ended_at = state or following.state, following.ended_at or at
    following.save(update_fields=["state", "ended_at"])
    if was_standing:
        _count(following.actor, -1)


def _count(actor: Actor, by: int) -> None:
    Actor.objects.filter(pk=actor.pk).update(following_count=F("following_count") + by)
