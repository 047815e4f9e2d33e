"""Asking somebody to take it."""

from __future__ import annotations

from django.utils import timezone

from corale.conversations.actions.changing import changing
from corale.conversations.actions.confiding import let_in
from corale.conversations.errors import NotPermitted
from corale.conversations.events import ConversationAssigned
from corale.conversations.models import Assignment, Conversation
from corale.ledger import record
from corale.live import publish
from corale.people.models import Person


def assign(
    conversation: Conversation,
    to: Person | None,
    *,
    by: Person,
    reason: str = "",
    version: int | None = None,
    bulk: int = 0,
) -> None:
    """Gives it to a colleague, or to nobody. Who had it before, and why, is never lost."""
    if to is not None and not to.is_colleague:
        raise NotPermitted
    with changing(conversation, by=by, version=version, change="assignment") as it:
        if it.assignee_id == (to.pk if to else None):
            return
        it.assignee = to
        Assignment.objects.filter(conversation_id=it.pk, ended_at=None).update(ended_at=timezone.now())
        if to is not None:
            let_in(it, [to.pk])
            Assignment.objects.create(conversation=it, to=to, by=by, reason=reason[:300])
            publish(f"person:{to.pk}", {"conversation": str(it.pk), "change": "assignment", "by": str(by.pk)})
        record(
            ConversationAssigned(
                conversation_id=it.pk, person_id=it.person_id, by_id=by.pk, to=to.pk if to else None, bulk=bulk,
                demo=it.demo,
            )
        )  # fmt: skip
