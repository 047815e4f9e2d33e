"""Out of the lists, as spam or for no reason; and back. The indicator keeps counting what we put away."""

from __future__ import annotations

from corale.conversations.actions.changing import changing, into
from corale.conversations.events import ConversationRestored, ConversationSpammed, ConversationTrashed
from corale.conversations.models import Closure, Conversation, Message
from corale.ledger import record
from corale.people.models import Person

State = Conversation.State
AWAY = (State.SPAM, State.TRASH)


def spam(conversation: Conversation, *, by: Person, version: int | None = None, bulk: int = 0) -> None:
    """Says that it is spam: an exclusion with who and when."""
    with changing(conversation, by=by, version=version) as it:
        if it.state == State.SPAM:
            return
        into(it, State.SPAM)
        record(ConversationSpammed(conversation_id=it.pk, person_id=it.person_id, by_id=by.pk, bulk=bulk, demo=it.demo))


def trash(conversation: Conversation, *, by: Person, version: int | None = None, bulk: int = 0) -> None:
    """Puts it away; what waited for an answer still counts as unanswered."""
    with changing(conversation, by=by, version=version) as it:
        if it.state == State.TRASH:
            return
        into(it, State.TRASH)
        record(ConversationTrashed(conversation_id=it.pk, person_id=it.person_id, by_id=by.pk, bulk=bulk, demo=it.demo))


def restore(conversation: Conversation, *, by: Person, version: int | None = None, bulk: int = 0) -> None:
    """Back to where it would be by itself."""
    with changing(conversation, by=by, version=version) as it:
        if it.state not in AWAY:
            return
        into(it, belongs(it))
        record(
            ConversationRestored(conversation_id=it.pk, person_id=it.person_id, by_id=by.pk, bulk=bulk, demo=it.demo)
        )


def belongs(conversation: Conversation) -> str:
    """Where a conversation would be by itself."""
    if conversation.waiting_since is not None:
        return State.OPEN
    if Closure.objects.filter(conversation_id=conversation.pk, ended_at=None).exists():
        return State.CLOSED
    return State.WAITING if conversation.last_direction == Message.Direction.OUT else State.OPEN
