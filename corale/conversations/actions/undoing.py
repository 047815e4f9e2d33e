"""Taking back what was just done to a conversation, by putting back what it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from corale.conversations.actions import closing, quarantining, snoozing, trashing
from corale.conversations.actions.assigning import assign
from corale.conversations.actions.labelling import prioritise
from corale.conversations.models import Conversation
from corale.people.models import Person

State = Conversation.State


@dataclass(frozen=True, slots=True)
class Before:
    """What a conversation was before somebody changed it, and the version it had just afterwards."""

    id: int
    state: str
    assignee: int | None
    priority: int
    snoozed_until: str
    version: int = 0

    @classmethod
    def of(cls, conversation: Conversation) -> Before:
        until = conversation.snoozed_until.isoformat() if conversation.snoozed_until else ""
        return cls(conversation.pk, conversation.state, conversation.assignee_id, conversation.priority, until)

    def packed(self, version: int) -> list[Any]:
        return [self.id, self.state, self.assignee, self.priority, self.snoozed_until, version]


def put_back(before: Before, *, by: Person, bulk: int = 0) -> bool:
    """Puts it back, unless somebody has done something else since: then it stays, and the answer is False."""
    conversation = Conversation.objects.visible_to(by).filter(pk=before.id, version=before.version).first()
    if conversation is None:
        return False
    _state(conversation, before, by, bulk)
    if conversation.assignee_id != before.assignee:
        colleague = Person.objects.colleagues().filter(pk=before.assignee or 0).select_related("user").first()
        assign(conversation, colleague, by=by, bulk=bulk)
    if conversation.priority != before.priority:
        prioritise(conversation, before.priority, by=by, bulk=bulk)
    return True


def _state(conversation: Conversation, before: Before, by: Person, bulk: int) -> None:
    if conversation.state == before.state:
        return
    if conversation.state in trashing.AWAY:
        trashing.restore(conversation, by=by, bulk=bulk)
    if conversation.state == before.state:
        return
    until = datetime.fromisoformat(before.snoozed_until) if before.snoozed_until else None
    if before.state == State.SNOOZED and until and until > timezone.now():
        snoozing.snooze(conversation, until, by=by, bulk=bulk)
    elif before.state == State.WAITING:
        closing.wait(conversation, by=by, bulk=bulk)
    elif before.state == State.CLOSED:
        closing.close(conversation, by=by, bulk=bulk)
    elif before.state == State.QUARANTINE:
        quarantining.put_again(conversation, by=by, bulk=bulk)
    elif before.state in trashing.AWAY:
        (trashing.spam if before.state == State.SPAM else trashing.trash)(conversation, by=by, bulk=bulk)
    else:
        closing.reopen(conversation, by=by, bulk=bulk)
