"""What came from somebody suspicious waits, and stays readable, until a coordinator lets it in or keeps it out."""

from __future__ import annotations

from corale.conversations.actions import trashing
from corale.conversations.actions.changing import changing, into
from corale.conversations.events import ConversationLetIn, ConversationQuarantined
from corale.conversations.models import Conversation
from corale.ledger import record
from corale.ledger.models import Fact
from corale.people.models import Person

State = Conversation.State


def let_in(conversation: Conversation, *, by: Person, version: int | None = None, bulk: int = 0) -> None:
    """Into the trays. Whoever spoke is known from now on, and does not wait again."""
    with changing(conversation, by=by, version=version) as it:
        if it.state != State.QUARANTINE:
            return
        into(it, trashing.belongs(it))
        record(ConversationLetIn(conversation_id=it.pk, person_id=it.person_id, by_id=by.pk, bulk=bulk, demo=it.demo))


def put_again(conversation: Conversation, *, by: Person, version: int | None = None, bulk: int = 0) -> None:
    """Back into quarantine, as if nobody had decided."""
    with changing(conversation, by=by, version=version) as it:
        if it.state == State.QUARANTINE:
            return
        into(it, State.QUARANTINE)
        record(
            ConversationQuarantined(
                conversation_id=it.pk, person_id=it.person_id, by_id=by.pk, bulk=bulk, demo=it.demo
            )
        )  # fmt: skip


def why(conversation: Conversation) -> str:
    """For which reason it began there; "" when it never did."""
    facts = Fact.objects.filter(conversation_id=conversation.pk, kind=ConversationQuarantined.kind)
    return str((facts.order_by("id").values_list("data", flat=True).first() or {}).get("reason", ""))
