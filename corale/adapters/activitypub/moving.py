"""Profiles move: in from another server, whose followers come along, and out to one (FEP-7628; what Mastodon asks for).

Both accounts must name each other. The new one does it first, on its own page; then the old one tells its followers.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from corale.adapters.activitypub import addresses, profiles
from corale.adapters.activitypub.actors import remote_actor
from corale.adapters.activitypub.looking import look
from corale.adapters.activitypub.models import Activity, Actor, RemoteActor
from corale.adapters.activitypub.sending import act, followers_inboxes
from corale.adapters.activitypub.wire import writing

State = Actor.State
ACCOUNTS = 8
PAUSE = timedelta(days=30)
"""Between two moves: servers take nobody along who moves more often (Mastodon thirty days, others seven)."""


class NotReady(ValueError):
    """The new account does not name the old one, or has moved on itself, or it is too soon."""


def find(said: str) -> RemoteActor:
    """Whoever a handle or an address means, asked anew. Errors: as `looking.look`."""
    return remote_actor(look(said.strip().removeprefix("acct:")).who.uri, refresh=True)


def expect(actor: Actor, old: RemoteActor) -> None:
    """This account elsewhere may move here. Their server looks for it (alsoKnownAs) before it takes anybody along."""
    if old.uri not in actor.also_known_as:
        profiles.change(actor, also_known_as=[*actor.also_known_as, old.uri][-ACCOUNTS:])


def expect_no_more(actor: Actor, uri: str) -> None:
    """It may not, or it has."""
    if uri in actor.also_known_as:
        profiles.change(actor, also_known_as=[each for each in actor.also_known_as if each != uri])


def is_ready(actor: Actor, new: RemoteActor) -> bool:
    """Whether the new account says that it is the same person."""
    return actor.uri in new.also_known_as and not new.moved_to


def has_just_moved(actor: Actor) -> bool:
    """Too soon to move again."""
    return Activity.objects.filter(actor=actor, kind="Move", created_at__gt=timezone.now() - PAUSE).exists()


@transaction.atomic
def leave_for(actor: Actor, new: RemoteActor) -> None:
    """From now on they live there: the profile says so, and followers are asked to come along. What was said stays.
    Twice is once. Errors: NotReady."""
    actor = profiles.locked(actor)
    if actor.state in (State.MOVED, State.HIDDEN):
        return
    if not is_ready(actor, new) or has_just_moved(actor):
        raise NotReady(new.uri)
    actor.state, actor.moved_to = State.MOVED, new.uri
    profiles.changed(actor)
    followers = addresses.part(actor.name, "followers")
    said = writing.move(addresses.activity(actor.name), actor.uri, new.uri, followers=followers)
    act(actor, said, inboxes=followers_inboxes(actor))


@transaction.atomic
def stay(actor: Actor) -> None:
    """Here after all. Who has gone along follows the other account; nobody is sent back."""
    actor = profiles.locked(actor)
    if actor.state == State.MOVED:
        actor.state, actor.moved_to = State.ACTIVE, ""
        profiles.changed(actor)
