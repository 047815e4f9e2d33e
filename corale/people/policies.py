"""Who may see, note, export and erase."""

from __future__ import annotations

from corale.accounts.policies import is_administrator, is_coordinator
from corale.people.models import Person


def may_export(by: Person) -> bool:
    """Coordinators hand out what is kept of somebody."""
    return by.is_colleague and is_coordinator(by.user)


def may_erase(by: Person) -> bool:
    """Administrators, in the mode that ends by itself; the views ask for it."""
    return by.is_colleague and is_administrator(by.user)
