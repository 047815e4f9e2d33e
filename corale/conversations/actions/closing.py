"""Nothing more is owed; or something is, again."""

from __future__ import annotations

from django.utils import timezone

from corale.conversations.actions.changing import changing, into
from corale.conversations.events import ConversationClosed, ConversationReopened
from corale.conversations.models import Closure, Conversation, Snooze
from corale.ledger import record
from corale.people.models import Person

State = Conversation.State


def close(
    conversation: Conversation, *, by: Person, reason: str = "", version: int | None = None, bulk: int = 0
) -> None:
    """Closes it and leaves a row behind; closing what is closed changes nothing."""
    with changing(conversation, by=by, version=version) as it:
        if it.state == State.CLOSED:
            return
        into(it, State.CLOSED)
        Closure.objects.create(conversation=it, by=by, reason=reason[:300])
        _end_snoozes(it)
        record(ConversationClosed(conversation_id=it.pk, person_id=it.person_id, by_id=by.pk, bulk=bulk, demo=it.demo))


def reopen(conversation: Conversation, *, by: Person, version: int | None = None, bulk: int = 0) -> None:
    """We owe the next step (again); also wakes what was snoozed."""
    with changing(conversation, by=by, version=version) as it:
        if it.state == State.OPEN:
            return
        into(it, State.OPEN)
        end_closures(it)
        _end_snoozes(it)
        record(
            ConversationReopened(conversation_id=it.pk, person_id=it.person_id, by_id=by.pk, bulk=bulk, demo=it.demo)
        )


def wait(conversation: Conversation, *, by: Person, version: int | None = None, bulk: int = 0) -> None:
    """They owe the next step. Mostly this happens by itself, when we answer."""
    with changing(conversation, by=by, version=version) as it:
        if it.state == State.WAITING:
            return
        into(it, State.WAITING)
        end_closures(it)
        _end_snoozes(it)


def end_closures(conversation: Conversation) -> None:
    """Writes the end of an open closure."""
    Closure.objects.filter(conversation_id=conversation.pk, ended_at=None).update(ended_at=timezone.now())


def _end_snoozes(conversation: Conversation) -> None:
    Snooze.objects.filter(conversation_id=conversation.pk, ended_at=None).update(ended_at=timezone.now())
