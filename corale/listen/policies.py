"""Who may correct what was read, and who may teach."""

from __future__ import annotations

from corale.accounts.policies import is_coordinator
from corale.people.models import Person


def may_correct(person: Person) -> bool:
    """Every colleague who may see the conversation."""
    return person.is_colleague


def may_teach(person: Person) -> bool:
    """Coordinators look after what was learnt."""
    return person.is_colleague and is_coordinator(person.user)
