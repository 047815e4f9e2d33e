"""Who may do what at the desk."""

from __future__ import annotations

from corale.accounts.policies import is_coordinator
from corale.people.models import Person


def may_write_guideline(person: Person) -> bool:
    """Coordinators advise; everybody reads."""
    return person.is_colleague and is_coordinator(person.user)
