"""Third station: what was said is written down, once; edits become versions, unseen parents become placeholders."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from corale.channels.contract import Said
from corale.channels.keys import key_of
from corale.channels.text import plain
from corale.conversations.arrivals.batch import TEXT_LIMIT, Arrival, Batch
from corale.conversations.arrivals.facts import add_fact
from corale.conversations.arrivals.places import Place, Places, Standing, begin, find, place_of
from corale.conversations.models import Conversation, Message, MessageVersion
from corale.conversations.words import indexed
from corale.store import rows

IN, OUT, ASIDE = Message.Direction.IN.value, Message.Direction.OUT.value, Message.Direction.ASIDE.value
VISIBLE, EDITED, PLACEHOLDER = Message.State.VISIBLE.value, Message.State.EDITED.value, Message.State.PLACEHOLDER.value
OPEN, WAITING = Conversation.State.OPEN.value, Conversation.State.WAITING.value
_REOPENED_BY_THEM = {WAITING, Conversation.State.SNOOZED.value, Conversation.State.CLOSED.value}
_AWAY = {Message.State.HIDDEN.value, Message.State.UNREACHABLE.value}
_CLOCK_SKEW = timedelta(minutes=5)
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_COLUMNS = (
    "id", "conversation_id", "connection_id", "key", "native_id", "version", "parent_key", "direction", "kind",
    "identity_id", "text", "language", "extras", "state", "addressed", "written_at", "received_at",
)  # fmt: skip


@dataclass(slots=True)
class Pile:
    """Rows to write when every message of the batch has found its place."""

    new: list[tuple[Any, ...]] = field(default_factory=list)
    filled: list[tuple[Any, ...]] = field(default_factory=list)
    edited: list[tuple[int, Said, datetime]] = field(default_factory=list)
    back: list[int] = field(default_factory=list)  # could not be seen there, and can again
    answers: list[tuple[int, datetime, int]] = field(default_factory=list)  # conversation, when, our message


@dataclass(slots=True)
class Written:
    """What the next stations need to know."""

    places: Places
    answers: Sequence[tuple[int, datetime, int]]


def write(batch: Batch) -> Written:
    """Writes the messages of a batch. Costs the same few statements whatever the size of the batch."""
    said = batch.of(Said)
    places = find(batch, said)
    begin(batch, places, said)
    arriving = {key_of(arrival.event.native_id) for arrival in said}
    ids = iter(rows.reserve_ids(Message, 2 * len(said)))
    pile = Pile()
    for arrival in said:
        _one(batch, places, pile, arrival, arriving, ids)
    rows.insert(Message, _COLUMNS, pile.new)
    rows.update(
        Message,
        ("version", "parent_key", "direction", "kind", "identity_id", "text", "language", "extras", "state",
         "addressed", "written_at", "received_at"),
        pile.filled,
    )  # fmt: skip
    if pile.back:
        Message.objects.filter(pk__in=pile.back).update(state=VISIBLE)
        batch.to_index += pile.back
    for message_id, event, at in pile.edited:
        _edit(batch, message_id, event, at)
    return Written(places, pile.answers)


def _one(
    batch: Batch, places: Places, pile: Pile, arrival: Arrival[Said], arriving: set[int], ids: Iterator[int]
) -> None:
    event = arrival.event
    place = place_of(places, event)
    if place is None:  # nobody speaks to us in this thread
        batch.ignored += 1
        return
    key = key_of(event.native_id)
    standing = places.standing.get(key)
    if standing is not None and standing.state != PLACEHOLDER:
        if standing.state in _AWAY:
            standing.state = VISIBLE
            pile.back.append(standing.id)
            _touch(batch, place, "message")
        if standing.version != event.version and standing.version:
            standing.version = event.version
            pile.edited.append((standing.id, event, arrival.at))
            _touch(batch, place, "message")
        return
    direction = OUT if event.ours else IN if event.addressed else ASIDE
    message_id = standing.id if standing else next(ids)
    row = _row(batch, event, arrival, direction)
    if standing is None:
        pile.new.append((message_id, place.id, batch.connection.pk, key, event.native_id, *row))
    else:
        pile.filled.append((*row, message_id))
    places.standing[key] = Standing(message_id, event.version, VISIBLE, place.id, direction)
    _parent(batch, places, pile, event, place, arriving, ids, arrival.at)
    _welcome(batch, place, event, arrival.at, message_id, direction, row[5])
    if direction == OUT:
        said_at = min(event.written_at or arrival.at, arrival.at)  # it may reach us late: it answers what was before it
        pile.answers.append((place.id, said_at, message_id))
    batch.to_index.append(message_id)
    batch.new_messages.append(message_id)
    add_fact(
        batch, "message.received" if direction != OUT else "message.sent_elsewhere", arrival.at,
        person_id=batch.identity(event.author).person_id, conversation_id=place.id, message_id=message_id,
        data={"remote_at": event.written_at.isoformat() if event.written_at else None, "addressed": direction == IN,
              "kind": event.kind, "direct": event.direct},
    )  # fmt: skip


def _row(batch: Batch, event: Said, arrival: Arrival[Said], direction: int) -> tuple[Any, ...]:
    text = plain(event.text)
    extras: dict[str, Any] = {}
    if len(text) > TEXT_LIMIT:
        extras["cut_from"] = len(text)
        text = text[:TEXT_LIMIT]
    written = event.written_at or arrival.at
    if written > arrival.at + _CLOCK_SKEW:  # their clock is ahead: it must not stand above what comes later
        extras["claimed_at"] = written.isoformat()
        written = arrival.at
    for name in ("url", "parent", "root", "quotes", "warning"):
        if value := getattr(event, name):
            extras[name] = plain(value)
    if event.direct or event.audience != "public":  # an answer is never read by more people than what it answers
        extras["audience"] = "direct" if event.direct else event.audience
    if event.facets:
        extras["facets"] = [asdict(facet) for facet in event.facets if facet.end <= len(text)]
    if event.attachments:
        extras["attachments"] = [asdict(attached) for attached in event.attachments]
    return (
        event.version[:200], key_of(event.parent) if event.parent else None, direction, event.kind,
        batch.identity(event.author).id, text, event.language[:12], dumps(extras) if extras else "{}", VISIBLE,
        event.addressed, rows.moment(written), rows.moment(arrival.at),
    )  # fmt: skip


def dumps(value: Any) -> str:
    """JSON that PostgreSQL takes too: it refuses an escaped NUL."""
    return _ENCODE(value).replace("\\u0000", "")


def _parent(
    batch: Batch, places: Places, pile: Pile, event: Said, place: Place, arriving: set[int], ids: Iterator[int],
    at: datetime,
) -> None:  # fmt: skip
    """A parent that we have not seen stands as a placeholder, and is filled when it comes."""
    if not event.parent:
        return
    key = key_of(event.parent)
    if key in places.standing or key in arriving:
        return
    parent_id = next(ids)
    moment = rows.moment(min(event.written_at or at, at))
    pile.new.append(
        (parent_id, place.id, batch.connection.pk, key, event.parent, "", None, ASIDE, "post", None, "", "", "{}",
         PLACEHOLDER, False, moment, moment)
    )  # fmt: skip
    places.standing[key] = Standing(parent_id, "", PLACEHOLDER, place.id, ASIDE)


def _welcome(batch: Batch, place: Place, event: Said, at: datetime, message_id: int, direction: int, text: str) -> None:
    """The conversation learns what was said last, and whose turn it is."""
    line = " ".join(text[:400].split())[:200]
    place.message_count += 1
    place.last_message_id = message_id
    place.last_activity_at = max(place.last_activity_at or at, at)
    place.preview, place.last_direction = line, direction
    if direction == IN:
        place.last_inbound_id = message_id
        place.waiting_since = min(place.waiting_since or at, at)
        if place.state in _REOPENED_BY_THEM:
            place.state, place.state_at, place.snoozed_until, place.moved = OPEN, at, None, True
            add_fact(batch, "conversation.reopened", at, conversation_id=place.id, auto=True)
        identity = batch.identity(event.author)
        if place.person_id is None:
            place.person_id, place.identity_id = identity.person_id, identity.id
            place.subject, place.language, place.direct = line, event.language[:12], event.direct
    _touch(batch, place, "state" if place.moved else "message")


def _touch(batch: Batch, place: Place, change: str) -> None:
    place.changed = True
    batch.touched[place.id] = change


def _edit(batch: Batch, message_id: int, event: Said, at: datetime) -> None:
    """A new version: the old one is kept beside it. Rare, so the models serve."""
    message = Message.objects.get(pk=message_id)
    MessageVersion.objects.get_or_create(
        message=message,
        version=message.version,
        defaults={"text": message.text, "extras": message.extras, "seen_at": message.received_at},
    )
    batch.reworded.append((message_id, indexed(message.text, message.extras)))
    row = _row(batch, event, Arrival(event, at), message.direction)
    message.version, message.text, message.language = row[0], row[5], row[6]
    message.extras, message.state = json.loads(row[7]), EDITED
    message.save(update_fields=["version", "text", "language", "extras", "state"])
    MessageVersion.objects.get_or_create(
        message=message,
        version=message.version,
        defaults={"text": message.text, "extras": message.extras, "seen_at": at},
    )
    add_fact(batch, "message.edited", at, conversation_id=message.conversation_id, message_id=message_id)
