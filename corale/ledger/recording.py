"""Writing facts, and waking those who listen to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from corale.ledger.events import KINDS, Event
from corale.ledger.models import Fact

E = TypeVar("E", bound=Event)
_listeners: dict[str, list[str]] = {}


def record(event: Event) -> Fact:
    """Writes the fact in the caller's transaction, and queues its listeners in the same one."""
    now = timezone.now()
    fact = Fact.objects.create(
        kind=event.kind,
        at=event.at or now,
        recorded_at=now,
        by_id=event.by_id,
        person_id=event.person_id,
        conversation_id=event.conversation_id,
        message_id=event.message_id,
        connection_id=event.connection_id,
        auto=event.auto,
        demo=event.demo,
        data=event.data(),
    )
    for listener in _listeners.get(event.kind, []):
        _tell.enqueue(listener, fact.pk)
    return fact


def on(kind: type[E]) -> Callable[[Callable[[E, int], None]], Callable[[E, int], None]]:
    """Marks a listener: called by a worker as `listener(event, fact_id)`, perhaps twice, after the commit."""

    def mark(listener: Callable[[E, int], None]) -> Callable[[E, int], None]:
        _listeners.setdefault(kind.kind, []).append(f"{listener.__module__}.{listener.__qualname__}")
        return listener

    return mark


def event_of(fact: Fact) -> Event:
    """The event a fact was written from. What a fact says and the event no longer knows is left out."""
    common: dict[str, Any] = {
        name: getattr(fact, name)
        for name in ("at", "by_id", "person_id", "conversation_id", "message_id", "connection_id", "auto", "demo")
    }
    kind = KINDS[fact.kind]
    own = {field.name for field in fields(kind)} - common.keys()
    return kind(**common, **{name: value for name, value in fact.data.items() if name in own})


@task()
def _tell(listener: str, fact_id: int) -> None:
    import_string(listener)(event_of(Fact.objects.get(pk=fact_id)), fact_id)
