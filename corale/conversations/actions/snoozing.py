"""Nobody owes anything before a time; when it comes, the conversation is open again."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from corale.conversations.actions.changing import changing, into
from corale.conversations.actions.closing import end_closures
from corale.conversations.events import ConversationReopened, ConversationSnoozed
from corale.conversations.models import Conversation, Snooze
from corale.ledger import record
from corale.people.models import Person

AT_ONCE = 200


def snooze(
    conversation: Conversation, until: datetime, *, by: Person, version: int | None = None, bulk: int = 0
) -> None:
    """Puts it away until then; what they write meanwhile brings it back."""
    if until <= timezone.now():
        raise ValueError("a snooze ends in the future")
    with changing(conversation, by=by, version=version) as it:
        _end(it)
        end_closures(it)
        into(it, Conversation.State.SNOOZED)
        it.snoozed_until = until
        Snooze.objects.create(conversation=it, by=by, until=until)
        record(
            ConversationSnoozed(
                conversation_id=it.pk, person_id=it.person_id, by_id=by.pk, until=until.isoformat(), bulk=bulk,
                demo=it.demo,
            )
        )  # fmt: skip


@task()
def wake_due() -> None:
    """Opens what was to wait until now."""
    due = Conversation.objects.filter(state=Conversation.State.SNOOZED, snoozed_until__lte=timezone.now())
    for conversation in due.order_by("snoozed_until")[:AT_ONCE]:
        with changing(conversation, by=None) as it:
            if it.state != Conversation.State.SNOOZED or it.snoozed_until is None or it.snoozed_until > timezone.now():
                continue
            into(it, Conversation.State.OPEN)
            _end(it)
            record(ConversationReopened(conversation_id=it.pk, person_id=it.person_id, auto=True, demo=it.demo))


def _end(conversation: Conversation) -> None:
    Snooze.objects.filter(conversation_id=conversation.pk, ended_at=None).update(ended_at=timezone.now())
