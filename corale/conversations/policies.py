"""Who may do what with conversations."""

from __future__ import annotations

from corale.accounts.policies import is_coordinator
from corale.people.models import Person


def may_work_on_conversations(person: Person) -> bool:
    """Every colleague answers, assigns, closes; nobody else does."""
    return person.is_colleague


def may_read_earlier_words(person: Person) -> bool:
    """What somebody has deleted stays readable for those who look after everybody's work."""
    return person.is_colleague and is_coordinator(person.user)
