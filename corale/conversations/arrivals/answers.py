"""Sixth station: an answer of ours answers everything they said before it that still waited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from corale.conversations.arrivals.batch import Batch
from corale.conversations.arrivals.facts import add_fact
from corale.conversations.arrivals.messages import OPEN, WAITING, Written
from corale.conversations.models import Message
from corale.store import rows

_WAITING_ITEMS = (
    "SELECT id, conversation_id, written_at, received_at FROM conversations_message "
    "WHERE conversation_id IN ({marks}) AND direction = 0 AND answered_at IS NULL"
)


def settle(batch: Batch, written: Written) -> None:
    """Answers that our account gave elsewhere (or that an import brought) are answers all the same."""
    if not written.answers:
        return
    times: dict[int, list[tuple[datetime, int]]] = {}
    for place_id, at, message_id in written.answers:
        times.setdefault(place_id, []).append((at, message_id))
    left: dict[int, datetime | None] = dict.fromkeys(times)
    answered: list[tuple[Any, ...]] = []
    for item_id, place_id, written_at, received_at in rows.select_in(_WAITING_ITEMS, times):
        received = rows.as_time(received_at)
        answer = _first_after(times[place_id], rows.as_time(written_at) or received)
        if answer is None:
            earliest = left[place_id]
            left[place_id] = received if earliest is None or (received and received < earliest) else earliest
            continue
        at = max(answer[0], received or answer[0])  # heard after it was answered: the clock begins with the hearing
        answered.append((rows.moment(at), item_id))
        add_fact(
            batch, "message.answered", at, person_id=written.places.by_id[place_id].person_id,
            conversation_id=place_id, message_id=item_id, data={"answer": answer[1], "elsewhere": True},
        )  # fmt: skip
    rows.update(Message, ("answered_at",), answered)
    for place_id, waiting in left.items():
        place = written.places.by_id[place_id]
        place.waiting_since = waiting
        if waiting is None and place.state == OPEN:
            place.state, place.state_at, place.moved = WAITING, max(at for at, _ in times[place_id]), True


def _first_after(times: Sequence[tuple[datetime, int]], received: datetime | None) -> tuple[datetime, int] | None:
    later = [moment for moment in times if received is None or moment[0] >= received]
    return min(later) if later else None
