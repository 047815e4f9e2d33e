"""Fourth station: an answer of ours answers everything they said before it that still waited."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from corale.conversations.arrivals.batch import Batch
from corale.conversations.arrivals.facts import add_fact
from corale.conversations.arrivals.messages import OPEN, WAITING, Pile
from corale.conversations.models import Message
from corale.store import rows

_WAITING_ITEMS = (
    "SELECT id, conversation_id, written_at, received_at FROM conversations_message "
    "WHERE conversation_id IN ({marks}) AND direction = 0 AND answered_at IS NULL"
)


def settle(batch: Batch, pile: Pile) -> None:
    """Answers that our account gave elsewhere (or that an import brought) are answers all the same."""
    if not pile.answers:
        return
    times: dict[int, list[tuple[datetime, int]]] = {}
    for place_id, at, message_id in pile.answers:
        times.setdefault(place_id, []).append((at, message_id))
    left: dict[int, datetime | None] = dict.fromkeys(times)
    stood: list[tuple[Any, int]] = []
    for item_id, place_id, said, heard in _waiting(pile, times):
        answer = _first_after(times[place_id], said)
        if answer is None:
            earliest = left[place_id]
            left[place_id] = heard if earliest is None or heard < earliest else earliest
            continue
        at = max(answer[0], heard)  # heard after it was answered: the clock begins with the hearing
        if item_id in pile.new or item_id in pile.filled:
            pile.answered[item_id] = rows.moment(at)
        else:
            stood.append((rows.moment(at), item_id))
        add_fact(
            batch, "message.answered", at, person_id=pile.places.by_id[place_id].person_id,
            conversation_id=place_id, message_id=item_id, data={"answer": answer[1], "elsewhere": True},
        )  # fmt: skip
    rows.update(Message, ("answered_at",), stood)
    for place_id, waiting in left.items():
        place = pile.places.by_id[place_id]
        place.waiting_since = waiting
        if waiting is None and place.state == OPEN:
            place.state, place.state_at, place.moved = WAITING, max(at for at, _ in times[place_id]), True


def _waiting(pile: Pile, answered: Collection[int]) -> Iterator[tuple[int, int, datetime, datetime]]:
    """What waits where we answered: message, conversation, when it was said, when we heard it. What stood there before
    (in a conversation that begins with this batch nothing did), and what the batch itself brought."""
    standing = [place_id for place_id in answered if not pile.places.by_id[place_id].new]
    for item_id, place_id, written_at, received_at in rows.select_in(_WAITING_ITEMS, standing):
        heard = rows.as_time(received_at)
        assert heard is not None
        yield item_id, place_id, rows.as_time(written_at) or heard, heard
    yield from (asked for asked in pile.asked if asked[1] in answered)


def _first_after(times: Sequence[tuple[datetime, int]], said: datetime) -> tuple[datetime, int] | None:
    later = [moment for moment in times if moment[0] >= said]
    return min(later) if later else None
