"""What the rooms keep of a person: each registers how to count it, hand it out and erase it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from corale.people.models import IdentityName, Person


@dataclass(frozen=True, slots=True)
class Belonging:
    """One kind of thing. `erase` runs inside the transaction of the erasure."""

    key: str
    label: Any
    count: Callable[[Person], int]
    export: Callable[[Person], Any]
    erase: Callable[[Person], None]
    order: int = 100


_belongings: dict[str, Belonging] = {}


def register(belonging: Belonging) -> None:
    """Adds one; a second one with the same key takes its place."""
    _belongings[belonging.key] = belonging


def belongings() -> Iterable[Belonging]:
    """All of them, those that lean on others first."""
    return sorted(_belongings.values(), key=lambda each: (each.order, each.key))


def count_names(person: Person) -> int:
    """Accounts and the handles they had."""
    return IdentityName.objects.filter(identity__person=person).count() or person.identities.count()


def export_names(person: Person) -> list[dict[str, Any]]:
    """Accounts with the history of their handles."""
    return [
        {
            "platform": each.platform,
            "id": each.stable_id,
            "handle": each.handle,
            "name": each.name,
            "description": each.description,
            "url": each.url,
            "first_seen": each.first_seen,
            "last_seen": each.last_seen,
            "names": list(each.names.order_by("since").values("handle", "name", "since")),
        }
        for each in person.identities.order_by("pk")
    ]


def erase_names(person: Person) -> None:
    """The accounts stay as rows that say nothing; what they write later comes from somebody new."""
    for each in person.identities.all():
        each.names.all().delete()
        each.stable_id, each.handle, each.name, each.reachable = f"erased:{each.pk}", "", "", False
        each.avatar_url = each.description = each.url = ""
        each.save()
