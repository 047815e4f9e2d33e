"""Naming what many people say."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from corale.improve.errors import Incomplete, NotPermitted
from corale.improve.events import ThemeCreated
from corale.improve.models import Theme
from corale.improve.policies import may_gather
from corale.ledger import record
from corale.people.models import Person
from corale.search.models import Pending

THEME = 2  # of what waits for the index


@transaction.atomic
def begin_theme(name: str, *, by: Person, description: str = "", demo: bool = False) -> Theme:
    """A new theme; one of the same name that is still in use is the same theme."""
    name = _proper(name, by)
    if found := Theme.objects.filter(name__iexact=name, archived_at=None, demo=demo).first():
        return found
    theme = Theme.objects.create(
        name=name, description=description.strip(), created_by=by, demo=demo, last_voice_at=timezone.now()
    )
    Pending.objects.create(kind=THEME, object_id=theme.pk)
    record(ThemeCreated(theme=theme.pk, by_id=by.pk, demo=demo))
    return theme


def rename_theme(theme: Theme, name: str, *, by: Person, description: str = "") -> None:
    """Gives it a better name. Decisions and voices stay where they are."""
    theme.name, theme.description = _proper(name, by), description.strip()
    with transaction.atomic():
        theme.save(update_fields=["name", "description"])
        Pending.objects.create(kind=THEME, object_id=theme.pk)


def archive_theme(theme: Theme, *, by: Person, archived: bool = True) -> None:
    """Out of the list, or back into it; nothing is lost either way."""
    _proper(theme.name, by)
    theme.archived_at = timezone.now() if archived else None
    theme.save(update_fields=["archived_at"])


def _proper(name: str, by: Person) -> str:
    if not may_gather(by):
        raise NotPermitted
    name = " ".join(name.split())[:120]
    if not name:
        raise Incomplete("name", "a theme has a name")
    return name
