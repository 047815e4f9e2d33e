"""Writing down what we know of somebody."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from corale.people.models import Affiliation, Person
from corale.search.models import Pending

OUTSIDE = (Affiliation.Kind.CUSTOMER, Affiliation.Kind.SUPPLIER)


@transaction.atomic
def describe(person: Person, *, kind: str = "") -> None:
    """Saves it, and what they are to us: the earlier affiliation ends, its row stays."""
    person.save()
    Pending.objects.create(kind=1, object_id=person.pk)
    current = person.affiliations.filter(kind__in=OUTSIDE, until=None)
    if kind == (current.values_list("kind", flat=True).first() or ""):
        return
    current.update(until=timezone.now())
    if kind in OUTSIDE:
        person.affiliations.create(kind=kind)
