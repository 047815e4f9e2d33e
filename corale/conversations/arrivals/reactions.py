"""Fifth station: likes, reposts, follows and quotes are edges; taking one back fills a column, the row stays."""

from __future__ import annotations

from typing import Any

from corale.channels.contract import Reacted, Unreacted
from corale.channels.keys import key_of
from corale.conversations.arrivals.batch import Batch
from corale.conversations.arrivals.facts import add_fact
from corale.conversations.models import Interaction, Message
from corale.store import rows

_EXISTING = "SELECT key FROM conversations_interaction WHERE connection_id = %s AND key IN ({marks})"
_TARGETS = "SELECT key, id, conversation_id FROM conversations_message WHERE connection_id = %s AND key IN ({marks})"


def write(batch: Batch) -> None:
    """Writes new edges and the taking back of old ones."""
    reacted: dict[int, tuple[Reacted, Any]] = {}
    for arrival in batch.of(Reacted):
        reacted.setdefault(key_of(arrival.event.native_id), (arrival.event, arrival.at))
    if reacted:
        _add(batch, reacted)
    for undone in batch.of(Unreacted):
        _undo(batch, key_of(undone.event.native_id), undone.at)


def _add(batch: Batch, reacted: dict[int, tuple[Reacted, Any]]) -> None:
    known = {row[0] for row in rows.look_up(_EXISTING, reacted, [batch.connection.pk])}
    fresh = {key: value for key, value in reacted.items() if key not in known}
    targets = {
        row[0]: (row[1], row[2])
        for row in rows.look_up(
            _TARGETS, {key_of(event.target) for event, _at in fresh.values()}, [batch.connection.pk]
        )
    }
    written = []
    for key, (event, at) in fresh.items():
        identity, target_key = batch.identity(event.actor), key_of(event.target)
        message_id, conversation_id = targets.get(target_key, (None, None))
        written.append(
            (batch.connection.pk, key, event.kind, identity.id, target_key, event.target[:500], event.native_id[:500],
             identity.ours, rows.moment(event.at if event.at and event.at < at else at))
        )  # fmt: skip
        add_fact(
            batch, "interaction.received", at, person_id=identity.person_id, conversation_id=conversation_id,
            message_id=message_id, data={"kind": event.kind},
        )  # fmt: skip
        if conversation_id:
            batch.touched.setdefault(conversation_id, "reaction")
    rows.insert(
        Interaction,
        ("connection_id", "key", "kind", "identity_id", "target_key", "target_native_id", "native_id", "ours", "at"),
        written,
    )


def _undo(batch: Batch, key: int, at: Any) -> None:
    edge = Interaction.objects.filter(connection=batch.connection, key=key, undone_at=None).first()
    if edge is not None:
        Interaction.objects.filter(pk=edge.pk).update(undone_at=at)
        add_fact(batch, "interaction.undone", at, person_id=edge.identity.person_id, data={"kind": edge.kind})
        target = Message.objects.filter(connection=batch.connection, key=edge.target_key)
        for conversation_id in target.values_list("conversation_id", flat=True):
            batch.touched.setdefault(conversation_id, "reaction")
