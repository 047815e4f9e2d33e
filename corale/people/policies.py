"""Who may see, note, export and erase."""

from __future__ import annotations

from typing import Any

from corale.accounts.policies import is_administrator, is_coordinator
from corale.people.models import Person


def may_listen(user: Any, person_id: str) -> bool:
    """What is for one person on the live stream is heard by that person only."""
    return person_id.isdigit() and Person.objects.filter(pk=int(person_id), user_id=user.pk).exists()


def may_export(by: Person) -> bool:
    """Coordinators hand out what is kept of somebody."""
    return by.is_colleague and is_coordinator(by.user)


def may_erase(by: Person) -> bool:
    """Administrators, in the mode that ends by itself; the views ask for it."""
    return by.is_colleague and is_administrator(by.user)
