"""A new version of the guideline. None is overwritten: what was advised when stays known."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from corale.people.models import Person
from corale.respond.models import Guideline
from corale.respond.policies import may_write_guideline


@transaction.atomic
def advise(summary: str, body: str, *, by: Person) -> Guideline:
    """Writes the next version. PermissionError for those who may not."""
    if not may_write_guideline(by):
        raise PermissionError
    last = Guideline.objects.aggregate(last=Max("version"))["last"] or 0
    return Guideline.objects.create(version=last + 1, summary=summary.strip(), body=body.strip(), by=by)
