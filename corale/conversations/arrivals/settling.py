"""Last station: conversations are saved, the index is told what to read, open pages are told what changed."""

from __future__ import annotations

from corale.conversations.actions.confiding import tell_confidants
from corale.conversations.arrivals.batch import Batch
from corale.conversations.arrivals.places import Place, Places
from corale.conversations.models import Conversation, Labelling
from corale.live import publish
from corale.search import index
from corale.search.models import Pending
from corale.store import rows

_TOLD_ONE_BY_ONE = 20  # larger batches tell open pages that much changed, once

_NEW = (
    "id", "connection_id", "root_key", "current", "continues_id", "person_id", "identity_id", "state", "state_at",
    "priority", "subject", "preview", "last_direction", "language", "direct", "demo", "message_count",
    "last_message_id", "last_inbound_id", "waiting_since", "created_at", "last_activity_at", "version",
)  # fmt: skip
_CHANGED = (
    "person_id", "identity_id", "state", "state_at", "snoozed_until", "preview", "last_direction", "message_count",
    "last_message_id", "last_inbound_id", "waiting_since", "last_activity_at", "version", "subject", "language",
)  # fmt: skip


def save(batch: Batch, places: Places) -> None:
    """Retires conversations that a new one continues, then writes new and changed ones."""
    if places.retired:
        Conversation.objects.filter(pk__in=places.retired).update(current=False)
    every = places.by_id.values()
    rows.insert(Conversation, _NEW, [_new_row(batch, place) for place in every if place.new])
    changed = [place for place in every if place.changed and not place.new]
    rows.update(Conversation, _CHANGED, [_changed_row(place) for place in changed])
    if moved := [place.id for place in changed]:
        _follow_labels(moved, places)


def _new_row(batch: Batch, place: Place) -> tuple[object, ...]:
    return (
        place.id, batch.connection.pk, place.root_key, True, place.continues_id, place.person_id, place.identity_id,
        place.state, rows.moment(place.state_at), 0, place.subject, place.preview, place.last_direction,
        place.language, place.direct, batch.connection.demo, place.message_count, place.last_message_id,
        place.last_inbound_id, rows.moment(place.waiting_since), rows.moment(place.created_at),
        rows.moment(place.last_activity_at or place.created_at), 1,
    )  # fmt: skip


def _changed_row(place: Place) -> tuple[object, ...]:
    return (
        place.person_id, place.identity_id, place.state, rows.moment(place.state_at), rows.moment(place.snoozed_until),
        place.preview, place.last_direction, place.message_count, place.last_message_id, place.last_inbound_id,
        rows.moment(place.waiting_since), rows.moment(place.last_activity_at), place.version + 1, place.subject,
        place.language, place.id,
    )  # fmt: skip


def _follow_labels(moved: list[int], places: Places) -> None:
    """Labels repeat state and time of their conversation: listing by label stays one walk of an index."""
    labelled = rows.select_in(
        "SELECT id, conversation_id FROM conversations_labelling WHERE conversation_id IN ({marks})", moved
    )
    rows.update(
        Labelling,
        ("state", "last_activity_at"),
        [
            (places.by_id[place_id].state, rows.moment(places.by_id[place_id].last_activity_at), labelling_id)
            for labelling_id, place_id in labelled
        ],
    )


def tell(batch: Batch, places: Places) -> None:
    """The index and the open pages."""
    index.add(batch.words)
    waiting: list[tuple[int, int, str | None]] = [(0, message_id, None) for message_id in batch.back]
    waiting += [(0, message_id, old) for message_id, old in batch.reworded]
    waiting += [(1, person_id, None) for person_id in batch.renamed]
    rows.insert(Pending, ("kind", "object_id", "old"), waiting)
    private = _private(batch, places)
    tell_confidants({pk: {"conversation": str(pk), "change": batch.touched[pk]} for pk in sorted(private)})
    if len(batch.touched) > _TOLD_ONE_BY_ONE:
        publish("inbox", {"many": len(batch.touched) - len(private)})
    else:
        for conversation_id, change in batch.touched.items():
            if conversation_id not in private:
                publish("inbox", {"conversation": str(conversation_id), "change": change})
            publish(f"conversation:{conversation_id}", {"change": change})
    if batch.touched:
        publish("counts", {})


def _private(batch: Batch, places: Places) -> set[int]:
    """Those of the touched that are direct; what only lost a message or got a reaction is asked for."""
    known = {pk for pk in batch.touched if pk in places.by_id}
    others = rows.select_in(
        "SELECT id FROM conversations_conversation WHERE direct AND id IN ({marks})", batch.touched.keys() - known
    )
    return {pk for pk in known if places.by_id[pk].direct} | {pk for (pk,) in others}
