"""A colleague says that something needs an answer, or needs none: a thank-you, a remark to others."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min, Q

from corale.conversations.actions.changing import changing, touch
from corale.conversations.events import MessageJudged
from corale.conversations.models import Conversation, Message
from corale.ledger import record
from corale.people.models import Person

REASONS = ("thanks", "answered_elsewhere", "not_for_us", "other")


def judge(message: Message, *, needs_answer: bool, by: Person, reason: str = "") -> None:
    """Keeps the judgement, and tells the conversation since when somebody has been waiting."""
    if message.direction not in (Message.Direction.IN, Message.Direction.ASIDE):
        raise ValueError("only what others say needs an answer")
    with changing(message.conversation, by=by) as it:
        Message.objects.filter(pk=message.pk).update(needs_answer=needs_answer)
        message.needs_answer = needs_answer
        touch(it)
        it.waiting_since = waiting_since(it)
        record(
            MessageJudged(
                conversation_id=it.pk, person_id=it.person_id, message_id=message.pk, by_id=by.pk,
                connection_id=it.connection_id, needs_answer=needs_answer, demo=it.demo,
                reason=reason if reason in REASONS else "",
            )
        )  # fmt: skip


def waiting_since(conversation: Conversation) -> datetime | None:
    """When we received the oldest thing that still needs an answer; None when nothing does."""
    others = [Message.Direction.IN, Message.Direction.ASIDE]
    waiting = Message.objects.filter(conversation_id=conversation.pk, direction__in=others, answered_at=None).filter(
        Q(needs_answer=True) | Q(needs_answer=None, addressed=True)
    )
    oldest: datetime | None = waiting.aggregate(oldest=Min("received_at"))["oldest"]
    return oldest
