"""Somebody begins or ends to work here."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from corale.accounts.models import User
from corale.ledger import record
from corale.people.events import EmployeeJoined, EmployeeLeft
from corale.people.models import Affiliation, Person


@transaction.atomic
def employ(user: User, *, name: str = "", language: str = "") -> Person:
    """The person behind a user, with an affiliation as employee. Twice is once."""
    person, _made = Person.objects.get_or_create(user=user, defaults={"name": name or user.email.partition("@")[0]})
    if (name and person.name != name) or (language and not person.language):
        person.name, person.language = name or person.name, person.language or language
        person.save(update_fields=["name", "language"])
    if not _current(person).exists():
        person.affiliations.create(kind=Affiliation.Kind.EMPLOYEE)
        record(EmployeeJoined(by_id=person.pk, demo=person.demo))
    return person


@transaction.atomic
def dismiss(user: User) -> None:
    """They no longer work here; what they said stays under their name."""
    person = Person.objects.filter(user=user).first()
    if person and _current(person).update(until=timezone.now()):
        record(EmployeeLeft(by_id=person.pk, demo=person.demo))


def _current(person: Person) -> QuerySet[Affiliation]:
    return person.affiliations.filter(kind=Affiliation.Kind.EMPLOYEE, until=None)
