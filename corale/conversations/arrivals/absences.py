"""Sixth station: what can no longer be seen there stays here as a tombstone, and still counts."""

from __future__ import annotations

from corale.channels.contract import Vanished
from corale.channels.keys import key_of
from corale.conversations.arrivals.batch import Batch
from corale.conversations.arrivals.facts import add_fact
from corale.conversations.models import Message

_STATES = {
    "deleted": Message.State.DELETED,
    "hidden": Message.State.HIDDEN,
    "unreachable": Message.State.UNREACHABLE,
}


def write(batch: Batch) -> None:
    """Marks tombstones; saying it twice changes nothing."""
    for arrival in batch.of(Vanished):
        state = _STATES[arrival.event.how]
        message = (
            Message.objects.filter(connection=batch.connection, key=key_of(arrival.event.native_id))
            .exclude(state__in=[state, Message.State.PLACEHOLDER, Message.State.DELETED])
            .only("id", "conversation_id")
            .first()
        )
        if message is None:
            continue
        Message.objects.filter(pk=message.pk).update(state=state)
        batch.touched.setdefault(message.conversation_id, "message")
        add_fact(
            batch,
            "message.deleted" if arrival.event.how == "deleted" else "message.unreachable",
            arrival.at,
            conversation_id=message.conversation_id,
            message_id=message.pk,
        )
