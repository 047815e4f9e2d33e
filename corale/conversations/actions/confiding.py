"""Letting colleagues into what was said in private, and telling open pages of it: those who may know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from corale.conversations.models import Confidant, Conversation
from corale.live import publish
from corale.store import rows


def let_in(conversation: Conversation, persons: Iterable[int | None]) -> None:
    """Into a direct conversation; twice is once. What is open needs nobody to be let in."""
    if conversation.direct:
        let_all_in((conversation.pk, person) for person in persons if person is not None)


def let_all_in(pairs: Iterable[tuple[int, int]]) -> None:
    """Each a direct conversation and a person."""
    wanted, now = sorted(set(pairs)), rows.moment(timezone.now())
    rows.insert_ignoring(Confidant, ("conversation_id", "person_id", "at"), [(*pair, now) for pair in wanted])


def tell_inbox(conversation: Conversation, payload: dict[str, Any]) -> None:
    """To everybody's list, or to the lists of those who may see it."""
    if not conversation.direct:
        publish("inbox", payload)
        return
    tell_confidants({conversation.pk: payload})


def tell_confidants(payloads: dict[int, dict[str, Any]]) -> None:
    """Direct conversations by id: each is told to whom it was said, and to those who see everything."""
    if not payloads:
        return
    for conversation_id, person_id in confidants(list(payloads)):
        publish(f"inbox:{person_id}", payloads[conversation_id])
    for payload in payloads.values():
        publish("inbox:private", payload)


def confidants(conversation_ids: Sequence[int]) -> list[tuple[int, int]]:
    """Who may see which of them."""
    found = Confidant.objects.filter(conversation_id__in=conversation_ids)
    return list(found.values_list("conversation_id", "person_id"))
