"""Somebody had it before their eyes."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from corale.conversations.errors import NotPermitted
from corale.conversations.events import ConversationRead
from corale.conversations.models import Conversation, Mention, Message, ReadMark
from corale.conversations.policies import may_work_on_conversations
from corale.ledger import record
from corale.live import publish
from corale.people.models import Person

LONG_ENOUGH = 5  # seconds
MANY = 200


def read(conversation: Conversation, *, by: Person, seconds: int, messages: Sequence[int]) -> bool:
    """Moves the colleague's mark, and records the visit when it lasted. False when it was too short to count."""
    if not may_work_on_conversations(by):
        raise NotPermitted
    if seconds < LONG_ENOUGH:
        return False
    here = Message.objects.filter(conversation_id=conversation.pk, pk__in=list(messages)[:MANY])
    seen = dict(here.values_list("pk", "direction"))
    with transaction.atomic():
        mark(conversation, by=by, up_to=max(seen, default=0))
        record(
            ConversationRead(
                conversation_id=conversation.pk, person_id=conversation.person_id, by_id=by.pk,
                connection_id=conversation.connection_id, seconds=min(seconds, 3600), demo=conversation.demo,
                messages=sorted(pk for pk, direction in seen.items() if direction == Message.Direction.IN),
            )
        )  # fmt: skip
    return True


def mark(conversation: Conversation, *, by: Person, up_to: int) -> None:
    """How far somebody has read; a mark only moves forward. Mentions of them there are seen too."""
    now = timezone.now()
    mark, made = ReadMark.objects.get_or_create(
        person=by, conversation=conversation, defaults={"message_id": up_to, "at": now}
    )
    if not made and up_to > mark.message_id:
        ReadMark.objects.filter(pk=mark.pk, message_id__lt=up_to).update(message_id=up_to, at=now)
    if Mention.objects.filter(person=by, conversation=conversation, seen_at=None).update(seen_at=now):
        publish("counts", {})


def unread(conversation: Conversation, *, by: Person) -> None:
    """As if they had not seen its last message."""
    ReadMark.objects.filter(person=by, conversation=conversation).update(message_id=0, at=timezone.now())
