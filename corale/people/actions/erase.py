"""Forgetting somebody: words, names and handles go, ids, kinds and times stay."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from corale.ledger import record
from corale.ledger.audit import audit
from corale.people.belongings import belongings
from corale.people.errors import IsColleague
from corale.people.events import PersonErased
from corale.people.models import Person
from corale.search.models import Pending

PERSON = 1  # of what waits for the index


def erase(person: Person, *, by: Person, request: Any = None) -> None:
    """All of it or nothing; twice is once. The audit says who did it, not whom it was about."""
    if person.user_id is not None:
        raise IsColleague
    with transaction.atomic():
        locked = Person.objects.select_for_update().get(pk=person.pk)
        if locked.erased_at is not None:
            return
        for belonging in belongings():
            belonging.erase(locked)
        locked.name = locked.title = locked.ask_me_about = locked.about = locked.avatar = ""
        locked.language = locked.time_zone = ""
        locked.preferences, locked.erased_at = {}, timezone.now()
        locked.save()
        Pending.objects.create(kind=PERSON, object_id=locked.pk)
        record(PersonErased(person_id=locked.pk, by_id=by.pk, demo=locked.demo))
        audit(request or by.user, "person.erased", target=f"person:{locked.pk}")


def what_goes(person: Person) -> list[tuple[Any, int]]:
    """What an erasure would remove, by kind, before anybody decides."""
    return [(each.label, n) for each in belongings() if (n := each.count(person))]


def handed_out(person: Person) -> dict[str, Any]:
    """Everything kept of somebody, for them to read."""
    return {
        "person": {
            "id": person.pk,
            "name": person.name,
            "language": person.language,
            "known_since": person.created_at,
            "note_of_colleagues": person.about,
            "affiliations": list(person.affiliations.values("kind", "since", "until")),
        },
        **{each.key: each.export(person) for each in belongings()},
    }
