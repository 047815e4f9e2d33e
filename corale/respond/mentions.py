"""Which colleagues a note speaks to: those whose name stands after an @."""

from __future__ import annotations

import re

from corale.lib.text import fold
from corale.people.models import Person

MOST = 500


def mentioned(text: str) -> list[Person]:
    """Colleagues named in full after an @, or by a first name that only one of them has."""
    if "@" not in text:
        return []
    said = fold(text)
    colleagues = list(Person.objects.colleagues().select_related("user").order_by("user_id")[:MOST])
    firsts = [fold(person.name).split(" ")[0] for person in colleagues]
    found = []
    for person, first in zip(colleagues, firsts, strict=True):
        names = [fold(person.name)] + ([first] if firsts.count(first) == 1 else [])
        if any(name and re.search(rf"@{re.escape(name)}(?!\w)", said) for name in names):
            found.append(person)
    return found
