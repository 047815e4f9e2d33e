"""Who may correct what was read, who may teach, and who may say what is listened for."""

from __future__ import annotations

from corale.accounts.policies import is_coordinator
from corale.listen.models import Query
from corale.people.models import Person


def may_correct(person: Person) -> bool:
    """Every colleague who may see the conversation."""
    return person.is_colleague


def may_teach(person: Person) -> bool:
    """Coordinators look after what was learnt."""
    return person.is_colleague and is_coordinator(person.user)


def may_listen(person: Person) -> bool:
    """Every colleague looks at what queries found, says what is relevant, mutes, and makes queries."""
    return person.is_colleague


def may_change(query: Query, person: Person) -> bool:
    """Who made it, and coordinators: others rely on what it finds."""
    return person.is_colleague and (query.by_id == person.pk or is_coordinator(person.user))
