"""Changing a conversation: locked, told to open pages, and never over what somebody else did meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from corale.conversations.actions.confiding import tell_inbox
from corale.conversations.errors import Changed, NotPermitted
from corale.conversations.models import Conversation, Labelling
from corale.conversations.policies import may_let_in, may_work_on_conversations
from corale.live import publish
from corale.people.models import Person

COLUMNS = (
    "state", "state_at", "snoozed_until", "assignee", "priority", "preview", "last_direction", "message_count",
    "last_message_id", "waiting_since", "last_activity_at", "version",
)  # fmt: skip


@contextmanager
def changing(
    conversation: Conversation, *, by: Person | None, version: int | None = None, change: str = "state"
) -> Iterator[Conversation]:
    """The conversation as it is now, locked; what changed is saved at the end, with a new version, and told.

    A change that stands in other rows only (a label, a note) says so with `touch`. Nothing changed: nothing is told.
    `version` is what the person saw: Changed when it is no longer so. `by` None is the product itself. The caller's own
    object learns the new values too. Out of quarantine leads a coordinator's word only: NotPermitted for others.
    """
    if by is not None and not may_work_on_conversations(by):
        raise NotPermitted
    with transaction.atomic():
        locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
        if version is not None and version != locked.version:
            raise Changed(locked)
        before = _values(locked)
        state = locked.state
        yield locked
        if _values(locked) == before:
            return
        if state == Conversation.State.QUARANTINE != locked.state and by is not None and not may_let_in(by):
            raise NotPermitted
        locked.version += locked.version == before["version"]
        locked.save(update_fields=COLUMNS)
        if locked.state != state:
            Labelling.objects.filter(conversation_id=locked.pk).update(state=locked.state)
        tell(locked, by=by, change=change)
    for name in COLUMNS:
        setattr(conversation, name, getattr(locked, name))


def touch(conversation: Conversation) -> None:
    """Something about it changed that its own row does not show."""
    conversation.version += 1


def _values(conversation: Conversation) -> dict[str, object]:
    return {name: getattr(conversation, "assignee_id" if name == "assignee" else name) for name in COLUMNS}


def tell(conversation: Conversation, *, by: Person | None, change: str) -> None:
    """Open pages learn that it changed, not how: they ask again."""
    who = str(by.pk) if by else ""
    tell_inbox(conversation, {"conversation": str(conversation.pk), "change": change, "by": who})
    publish(f"conversation:{conversation.pk}", {"change": change, "by": who})
    publish("counts", {})


def into(conversation: Conversation, state: str) -> None:
    """Moves it to a state; a snooze that is over forgets its time."""
    conversation.state = state
    conversation.state_at = timezone.now()
    if state != Conversation.State.SNOOZED:
        conversation.snoozed_until = None
