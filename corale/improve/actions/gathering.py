"""Putting what somebody said into a theme, and taking it out again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from corale.conversations.models import Message
from corale.improve.errors import NotPermitted
from corale.improve.events import FeedbackGathered, FeedbackRemoved
from corale.improve.models import Theme, Voice
from corale.improve.policies import may_gather
from corale.ledger import record
from corale.live import publish
from corale.people.models import Person

GATHERED = (Message.Direction.IN, Message.Direction.ASIDE)


@transaction.atomic
def gather(messages: Iterable[Message], theme: Theme, *, by: Person) -> int:
    """Adds what outside people said to a theme; how many were new there. Twice is once."""
    if not may_gather(by):
        raise NotPermitted
    theme = Theme.objects.select_for_update().get(pk=theme.pk)
    added = sum(_add(message, theme, by) for message in messages if message.direction in GATHERED)
    if added:
        count_voices(theme)
    return added


def _add(message: Message, theme: Theme, by: Person) -> bool:
    person_id = message.identity.person_id if message.identity else None
    voice = Voice.objects.filter(theme=theme, message=message).first()
    if voice and voice.removed_at is None:
        return False
    if voice:
        voice.removed_at, voice.removed_by, voice.added_by, voice.added_at = None, None, by, timezone.now()
        voice.save(update_fields=["removed_at", "removed_by", "added_by", "added_at"])
    else:
        Voice.objects.create(theme=theme, message=message, person_id=person_id, added_by=by)
    record(FeedbackGathered(theme=theme.pk, by_id=by.pk, **_of(message, person_id)))
    _tell(message)
    return True


@transaction.atomic
def take_out(voice: Voice, *, by: Person) -> None:
    """It does not belong here after all; the row stays, with who and when."""
    if not may_gather(by):
        raise NotPermitted
    theme = Theme.objects.select_for_update().get(pk=voice.theme_id)
    if Voice.objects.filter(pk=voice.pk, removed_at=None).update(removed_at=timezone.now(), removed_by=by):
        record(FeedbackRemoved(theme=theme.pk, by_id=by.pk, **_of(voice.message, voice.person_id)))
        _tell(voice.message)
        count_voices(theme)


def count_voices(theme: Theme) -> None:
    """How many people, how many messages, and when the last of them spoke."""
    counted = Voice.objects.filter(theme=theme, removed_at=None).aggregate(
        people=Count("person", distinct=True), messages=Count("pk"), last=Max("message__received_at")
    )
    Theme.objects.filter(pk=theme.pk).update(
        voice_count=counted["people"],
        message_count=counted["messages"],
        last_voice_at=counted["last"] or theme.created_at,
    )


def _tell(message: Message) -> None:
    """Whoever has the conversation open sees it."""
    publish(f"conversation:{message.conversation_id}", {"change": "theme"})


def _of(message: Message, person_id: int | None) -> dict[str, Any]:
    return {
        "message_id": message.pk,
        "conversation_id": message.conversation_id,
        "connection_id": message.connection_id,
        "person_id": person_id,
        "demo": message.conversation.demo,
    }
