"""Whoever leaves the company speaks for it no longer."""

from __future__ import annotations

from corale.adapters.activitypub import profiles
from corale.adapters.activitypub.models import Actor
from corale.ledger import on
from corale.people.events import EmployeeLeft


@on(EmployeeLeft)
def left(event: EmployeeLeft, _fact_id: int) -> None:
    """The profile stays and says whom to ask instead. Twice is once; whoever is back meanwhile is left alone."""
    if event.by_id is None:
        return
    actor = Actor.objects.filter(person_id=event.by_id, kind=Actor.Kind.PERSON).select_related("person").first()
    if actor is not None and actor.person is not None and not profiles.is_employed(actor.person):
        profiles.leave(actor)
