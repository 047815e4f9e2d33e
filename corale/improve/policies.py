"""Who may gather, decide and tell."""

from __future__ import annotations

from corale.accounts.policies import is_coordinator
from corale.people.models import Person


def may_gather(person: Person) -> bool:
    """Every colleague gathers what people say, names themes, and reviews what they are told."""
    return person.is_colleague


def may_decide(person: Person) -> bool:
    """Coordinators record decisions and what came of them."""
    return person.is_colleague and is_coordinator(person.user)
