"""Which objects of others we have seen, what they answer, and in which thread they stand for us."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from corale.adapters.activitypub.models import Overheard
from corale.channels.keys import key_of
from corale.store import rows

HOUR = timedelta(hours=1)
_COLUMNS = ("key", "uri", "parent", "root", "at")


def recall(address: str) -> Overheard | None:
    """What we know of it, without asking anybody."""
    return Overheard.objects.filter(key=key_of(address)).first()


def may_ask(address: str) -> bool:
    """True at most once an hour, and then it counts as asked."""
    now = timezone.now()
    with transaction.atomic():
        row, made = Overheard.objects.get_or_create(key=key_of(address), defaults={"uri": address, "at": now})
        return made or bool(Overheard.objects.filter(pk=row.pk, at__lte=now - HOUR).update(at=now))


def remember(seen: Iterable[tuple[str, str, str]]) -> None:
    """Addresses, each with its parent and its root, as far as they are known."""
    now = timezone.now()
    known = list(seen)
    with transaction.atomic():
        rows.insert_ignoring(
            Overheard,
            _COLUMNS,
            [(key_of(address), address, parent, root, rows.moment(now)) for address, parent, root in known],
        )
        for address, parent, root in known:
            Overheard.objects.filter(key=key_of(address), root="").update(parent=parent, root=root)
