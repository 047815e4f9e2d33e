"""What colleagues do with their public profiles: show, change, pause, go on, leave. Whoever follows them is told."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from corale.adapters.activitypub import own
from corale.adapters.activitypub.document import document_of
from corale.adapters.activitypub.models import Actor
from corale.adapters.activitypub.sending import act, followers_inboxes
from corale.adapters.activitypub.verifying import verify_later
from corale.adapters.activitypub.wire.context import with_context
from corale.adapters.activitypub.wire.writing import update_actor
from corale.people.models import Affiliation, Person

State = Actor.State
SHOWN = (
    "display_name", "summary", "links", "picture", "shows_role", "shows_topics", "is_discoverable", "is_indexable",
    "approves_followers", "also_known_as", "successor",
)  # fmt: skip


def show(person: Person, name: str, **shown: Any) -> Actor:
    """A colleague has a public profile from now on. Errors: NameRefused."""
    actor = own.make_actor(Actor.Kind.PERSON, name, person, **_only(shown))
    verify_later(actor)
    return actor


@transaction.atomic
def change(actor: Actor, **shown: Any) -> None:
    """What others see of it is different now. Name and key never are."""
    actor = locked(actor)
    before = actor.links
    for field, value in _only(shown).items():
        setattr(actor, field, value)
    changed(actor)
    if actor.links != before:
        verify_later(actor)


def pause(actor: Actor) -> None:
    """Still there; says nothing, and says so."""
    _become(actor, State.PAUSED, among=(State.ACTIVE,))


def go_on(actor: Actor) -> None:
    """After a pause, or after having left and come back. Only somebody who works here."""
    if actor.kind == Actor.Kind.BRAND or (actor.person is not None and is_employed(actor.person)):
        _become(actor, State.ACTIVE, among=(State.PAUSED, State.LEFT))


def leave(actor: Actor) -> None:
    """They speak for the company no longer; what they said stays, and the profile says whom to ask instead."""
    _become(actor, State.LEFT, among=(State.ACTIVE, State.PAUSED))


def is_employed(person: Person) -> bool:
    """They work here today."""
    return person.affiliations.filter(kind=Affiliation.Kind.EMPLOYEE, until=None).exists()


def tell_followers(actor: Actor) -> None:
    """Update(actor) to each server that follows it. In the caller's transaction."""
    if inboxes := followers_inboxes(actor):
        act(actor, with_context(update_actor(document_of(actor), actor.updated_at)), inboxes=inboxes)


def suggested_name(person: Person) -> str:
    """The first name, or first and last name where somebody has it; free today."""
    words = [word for word in slugify(person.name).split("-") if word]
    whole = ".".join(words[:1] + words[-1:] if len(words) > 1 else words)
    for name in (*words[:1], whole, *(f"{whole}{n}" for n in range(2, 10) if whole)):
        if own.is_possible(name) and not Actor.objects.filter(name=name).exists():
            return name
    return ""


@transaction.atomic
def _become(actor: Actor, state: str, *, among: tuple[str, ...]) -> None:
    held = locked(actor)
    if held.state in among:
        held.state = actor.state = state
        changed(held)


def changed(actor: Actor) -> None:
    """Keeps it, and tells followers. In the caller's transaction."""
    actor.updated_at = timezone.now()
    actor.save()
    tell_followers(actor)


def locked(actor: Actor) -> Actor:
    """Until the transaction ends."""
    return Actor.objects.select_for_update(of=("self",)).select_related("person", "picture").get(pk=actor.pk)


def _only(shown: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in shown.items() if name in SHOWN}


def links_in(pairs: list[tuple[str, str]]) -> list[list[str]]:
    """As they are kept: those with an address, each once; the host where nobody gave a label."""
    kept: dict[str, str] = {}
    for label, address in pairs:
        if address:
            kept.setdefault(address, label.strip() or re.sub(r"^https?://(www\.)?|/.*$", "", address))
    return [[label, address] for address, label in kept.items()]
