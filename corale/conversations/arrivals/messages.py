"""Third station: what was said finds its words, once; edits become versions, unseen parents become placeholders.

Nothing is written before `write`: until then the next station may still say what has been answered.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from corale.channels.contract import Said
from corale.channels.keys import key_of
from corale.channels.text import plain
from corale.conversations.arrivals.batch import TEXT_LIMIT, Arrival, Batch
from corale.conversations.arrivals.facts import add_fact
from corale.conversations.arrivals.places import Place, Places, Standing, begin, find, place_of
from corale.conversations.models import Conversation, Message, MessageVersion
from corale.conversations.words import indexed
from corale.search.sources import Words
from corale.store import rows

IN, OUT, ASIDE = Message.Direction.IN.value, Message.Direction.OUT.value, Message.Direction.ASIDE.value
VISIBLE, EDITED, PLACEHOLDER = Message.State.VISIBLE.value, Message.State.EDITED.value, Message.State.PLACEHOLDER.value
OPEN, WAITING = Conversation.State.OPEN.value, Conversation.State.WAITING.value
QUARANTINE = Conversation.State.QUARANTINE.value
_REOPENED_BY_THEM = {WAITING, Conversation.State.SNOOZED.value, Conversation.State.CLOSED.value}
_AWAY = {Message.State.HIDDEN.value, Message.State.UNREACHABLE.value}
_CLOCK_SKEW = timedelta(minutes=5)
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_COLUMNS = (
    "id", "conversation_id", "connection_id", "key", "native_id", "version", "parent_key", "direction", "kind",
    "identity_id", "text", "language", "extras", "state", "addressed", "written_at", "received_at", "answered_at",
)  # fmt: skip
_FILLED = ("conversation_id", *_COLUMNS[5:])


@dataclass(slots=True)
class Pile:
    """What is written when every message of the batch has found its place."""

    places: Places
    new: dict[int, tuple[Any, ...]] = field(default_factory=dict)  # by id, without `answered_at`
    filled: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    edited: list[tuple[int, Said, datetime]] = field(default_factory=list)
    back: list[int] = field(default_factory=list)  # could not be seen there, and can again
    answers: list[tuple[int, datetime, int]] = field(default_factory=list)  # conversation, when, our message
    asked: list[tuple[int, int, datetime, datetime]] = field(default_factory=list)  # message, conversation, said, heard
    answered: dict[int, Any] = field(default_factory=dict)  # when, as a `moment`, of those asked in this batch


def place(batch: Batch) -> Pile:
    """Every message of a batch in its place. Costs the same few statements whatever the size of the batch."""
    said = batch.of(Said)
    pile = Pile(find(batch, said))
    begin(batch, pile.places, said)
    arriving = {key_of(arrival.event.native_id) for arrival in said}
    ids = iter(rows.reserve_ids(Message, 2 * len(said)))
    for arrival in said:
        _one(batch, pile, arrival, arriving, ids)
    return pile


def write(batch: Batch, pile: Pile) -> None:
    """Writes the pile."""
    when = pile.answered.get
    rows.insert(Message, _COLUMNS, [(*row, when(pk)) for pk, row in pile.new.items()])
    rows.update(Message, _FILLED, [(*row, when(pk), pk) for pk, row in pile.filled.items()])
    if pile.back:
        Message.objects.filter(pk__in=pile.back).update(state=VISIBLE)
        batch.back += pile.back
    for message_id, event, at in pile.edited:
        _edit(batch, message_id, event, at)


def _one(batch: Batch, pile: Pile, arrival: Arrival[Said], arriving: set[int], ids: Iterator[int]) -> None:
    event, places = arrival.event, pile.places
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
    text, extras = _content(arrival)
    row = _row(batch, arrival, direction, text, extras)
    if standing is None:
        pile.new[message_id] = (message_id, place.id, batch.connection_id, key, event.native_id, *row)
    else:
        pile.filled[message_id] = (place.id, *row)
    places.standing[key] = Standing(message_id, event.version, VISIBLE, place.id, direction)
    _parent(batch, pile, event, place, arriving, ids, arrival.at)
    _welcome(batch, place, event, arrival.at, message_id, direction, text)
    if direction == OUT:
        said_at = min(event.written_at or arrival.at, arrival.at)  # it may reach us late: it answers what was before it
        pile.answers.append((place.id, said_at, message_id))
    elif direction == IN:
        pile.asked.append((message_id, place.id, _written(arrival), arrival.at))
    if place.direct:
        batch.confided.append((place.id, event.to))
    batch.words.append(Words(message_id, indexed(text, extras), _written(arrival), place.id))
    add_fact(
        batch, "message.received" if direction != OUT else "message.sent_elsewhere", arrival.at,
        person_id=batch.identity(event.author).person_id, conversation_id=place.id, message_id=message_id,
        data=_received(event, direction),
    )  # fmt: skip


def _received(event: Said, direction: int) -> str:
    """The data of the fact, as JSON: only the time differs from one message to the next."""
    at = f'"{event.written_at.isoformat()}"' if event.written_at else "null"
    return f'{{"remote_at":{at},{_alike(direction == IN, event.kind, event.direct)}'


@lru_cache(maxsize=64)
def _alike(addressed: bool, kind: str, direct: bool) -> str:
    return dumps({"addressed": addressed, "kind": kind, "direct": direct})[1:]


def _content(arrival: Arrival[Said]) -> tuple[str, dict[str, Any]]:
    """What was said, as we keep it, and what stands beside it."""
    event = arrival.event
    text = plain(event.text)
    extras: dict[str, Any] = {}
    if len(text) > TEXT_LIMIT:
        extras["cut_from"] = len(text)
        text = text[:TEXT_LIMIT]
    if event.written_at and event.written_at != _written(arrival):
        extras["claimed_at"] = event.written_at.isoformat()
    for name in ("url", "parent", "root", "quotes", "warning"):
        if value := getattr(event, name):
            extras[name] = plain(value)
    if event.direct or event.audience != "public":  # an answer is never read by more people than what it answers
        extras["audience"] = "direct" if event.direct else event.audience
    if event.facets:
        extras["facets"] = [asdict(facet) for facet in event.facets if facet.end <= len(text)]
    if event.attachments:
        extras["attachments"] = [asdict(attached) for attached in event.attachments]
    return text, extras


def _row(batch: Batch, arrival: Arrival[Said], direction: int, text: str, extras: dict[str, Any]) -> tuple[Any, ...]:
    event = arrival.event
    return (
        event.version[:200], key_of(event.parent) if event.parent else None, direction, event.kind,
        batch.identity(event.author).id, text, event.language[:12], dumps(extras) if extras else "{}", VISIBLE,
        event.addressed, rows.moment(_written(arrival)), rows.moment(arrival.at),
    )  # fmt: skip


def _written(arrival: Arrival[Said]) -> datetime:
    """When it was said. If their clock is ahead, when we heard it: it must not stand above what comes later."""
    said = arrival.event.written_at or arrival.at
    return arrival.at if said > arrival.at + _CLOCK_SKEW else said


def dumps(value: Any) -> str:
    """JSON that PostgreSQL takes too: it refuses an escaped NUL."""
    return _ENCODE(value).replace("\\u0000", "")


def _parent(
    batch: Batch, pile: Pile, event: Said, place: Place, arriving: set[int], ids: Iterator[int], at: datetime
) -> None:
    """A parent that we have not seen stands as a placeholder, and is filled when it comes."""
    if not event.parent:
        return
    key = key_of(event.parent)
    if key in pile.places.standing or key in arriving:
        return
    parent_id = next(ids)
    moment = rows.moment(min(event.written_at or at, at))
    pile.new[parent_id] = (
        parent_id, place.id, batch.connection_id, key, event.parent, "", None, ASIDE, "post", None, "", "", "{}",
        PLACEHOLDER, False, moment, moment,
    )  # fmt: skip
    pile.places.standing[key] = Standing(parent_id, "", PLACEHOLDER, place.id, ASIDE)


def _welcome(batch: Batch, place: Place, event: Said, at: datetime, message_id: int, direction: int, text: str) -> None:
    """The conversation learns what was said last, and whose turn it is."""
    line = " ".join(text[:400].split())[:200]
    place.message_count += 1
    if event.held and place.state != QUARANTINE:  # it stands there, and moves nothing
        _touch(batch, place, "message")
        return
    place.last_message_id = message_id
    place.last_activity_at = max(place.last_activity_at or at, at)
    place.preview, place.last_direction = line, direction
    if place.state == QUARANTINE and not event.held and direction != ASIDE:
        place.state, place.state_at, place.moved = OPEN, at, True
        add_fact(batch, "conversation.let_in", at, conversation_id=place.id, auto=True)
    if direction == IN:
        place.last_inbound_id = message_id
        place.waiting_since = min(place.waiting_since or at, at)
        if place.state in _REOPENED_BY_THEM:
            place.state, place.state_at, place.snoozed_until, place.moved = OPEN, at, None, True
            add_fact(batch, "conversation.reopened", at, conversation_id=place.id, auto=True)
        identity = batch.identity(event.author)
        if place.person_id is None:
            if place.held:
                data = {"reason": place.held}
                add_fact(batch, "conversation.quarantined", at, conversation_id=place.id, auto=True, data=data)
            place.person_id, place.identity_id = identity.person_id, identity.id
            place.subject, place.language = line, event.language[:12]
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
    message.text, extras = _content(Arrival(event, at))
    message.version, message.language = event.version[:200], event.language[:12]
    message.extras, message.state = json.loads(dumps(extras)), EDITED
    message.save(update_fields=["version", "text", "language", "extras", "state"])
    MessageVersion.objects.get_or_create(
        message=message,
        version=message.version,
        defaults={"text": message.text, "extras": message.extras, "seen_at": at},
    )
    add_fact(batch, "message.edited", at, conversation_id=message.conversation_id, message_id=message_id)
