"""Second station: each thing said finds its conversation, or begins one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from corale.channels.contract import Said
from corale.channels.keys import key_of
from corale.conversations.arrivals.batch import Arrival, Batch
from corale.conversations.models import Conversation, Message
from corale.store import rows

OPEN, QUARANTINE = Conversation.State.OPEN.value, Conversation.State.QUARANTINE.value
REOPENS_FOR = timedelta(days=30)  # after that an answer begins a new conversation, linked to the closed one

_FIELDS = (
    "id, root_key, current, state, state_at, waiting_since, message_count, last_activity_at, last_message_id, "
    "last_inbound_id, person_id, identity_id, version, preview, last_direction, language, subject, snoozed_until, "
    "direct"
)
_BY_ROOT = (
    f"SELECT {_FIELDS} FROM conversations_conversation WHERE connection_id = %s AND current AND root_key IN ({{marks}})"
)
_BY_ID = f"SELECT {_FIELDS} FROM conversations_conversation WHERE id IN ({{marks}})"
_MESSAGES = (
    "SELECT id, key, version, state, conversation_id, direction FROM conversations_message "
    "WHERE connection_id = %s AND key IN ({marks})"
)


@dataclass(slots=True)
class Place:
    """A conversation while a batch works on it."""

    id: int
    root_key: int
    state: str
    state_at: datetime | None
    waiting_since: datetime | None
    message_count: int
    last_activity_at: datetime | None
    last_message_id: int | None
    last_inbound_id: int | None
    person_id: int | None
    identity_id: int | None
    version: int
    preview: str
    last_direction: int
    language: str
    subject: str
    snoozed_until: datetime | None
    new: bool = False
    current: bool = True
    continues_id: int | None = None
    direct: bool = False
    created_at: datetime | None = None
    changed: bool = False
    moved: bool = False  # the state changed
    held: str = ""  # why it begins in quarantine


@dataclass(slots=True)
class Standing:
    """A message that stands there already."""

    id: int
    version: str
    state: int
    conversation_id: int
    direction: int


@dataclass(slots=True)
class Places:
    """All places of a batch, and the messages already known."""

    by_root: dict[int, Place] = field(default_factory=dict)
    by_id: dict[int, Place] = field(default_factory=dict)
    standing: dict[int, Standing] = field(default_factory=dict)
    retired: list[int] = field(default_factory=list)


def root_of(said: Said) -> str:
    """The native id under which a thread is known. What somebody says in private is a thread of its own, with them:
    it never becomes part of one that all colleagues see."""
    root = said.root or said.parent or said.native_id
    if not said.direct:
        return root
    return f"direct {'' if said.ours else said.author.stable_id} {root}"


def find(batch: Batch, said: Sequence[Arrival[Said]]) -> Places:
    """What the record knows about the messages and threads of this batch, in three queries."""
    places = Places()
    keys: set[int] = set()
    roots: set[int] = set()
    for arrival in said:
        event = arrival.event
        keys.add(key_of(event.native_id))
        if event.parent:
            keys.add(key_of(event.parent))
        roots.add(key_of(root_of(event)))
    for row in rows.look_up(_MESSAGES, keys, [batch.connection.pk]):
        places.standing[row[1]] = Standing(row[0], row[2], row[3], row[4], row[5])
    for row in rows.look_up(_BY_ROOT, roots, [batch.connection.pk], lock=True):
        _keep(places, row)
    missing = {standing.conversation_id for standing in places.standing.values()} - places.by_id.keys()
    for row in rows.look_up(_BY_ID, missing, [], lock=True):
        _keep(places, row)
    return places


def _keep(places: Places, row: Sequence[Any]) -> None:
    place = Place(
        id=row[0], root_key=row[1], current=bool(row[2]), state=row[3], state_at=rows.as_time(row[4]),
        waiting_since=rows.as_time(row[5]), message_count=row[6], last_activity_at=rows.as_time(row[7]),
        last_message_id=row[8], last_inbound_id=row[9], person_id=row[10], identity_id=row[11], version=row[12],
        preview=row[13], last_direction=row[14], language=row[15], subject=row[16],
        snoozed_until=rows.as_time(row[17]), direct=bool(row[18]),
    )  # fmt: skip
    places.by_id[place.id] = place
    if place.current:
        places.by_root[place.root_key] = place


def begin(batch: Batch, places: Places, said: Sequence[Arrival[Said]]) -> None:
    """Opens the conversations that are missing: one for each thread in which somebody speaks to us."""
    wanted: dict[int, datetime] = {}
    private: set[int] = set()
    held: dict[int, str] = {}
    for arrival in said:
        event = arrival.event
        if not event.addressed or event.ours:
            continue
        standing = places.standing.get(key_of(event.native_id))
        if standing is not None and standing.state != Message.State.PLACEHOLDER:
            continue
        place = place_of(places, event)
        if place is None or is_past(place, arrival.at):
            root_key = key_of(root_of(event))
            wanted.setdefault(root_key, arrival.at)
            held[root_key] = event.held and held.get(root_key, event.held)
            if event.direct:
                private.add(root_key)
    ids = rows.reserve_ids(Conversation, len(wanted))
    for (root_key, at), new_id in zip(wanted.items(), ids, strict=True):
        before = places.by_root.get(root_key)
        if before is not None:
            places.retired.append(before.id)
            before.current = False
        place = Place(
            id=new_id, root_key=root_key, state=QUARANTINE if held[root_key] else OPEN, state_at=at, waiting_since=None,
            message_count=0, last_activity_at=None, last_message_id=None, last_inbound_id=None, person_id=None,
            identity_id=None, version=0, preview="", last_direction=0, language="", subject="", snoozed_until=None,
            new=True, continues_id=before.id if before else None, created_at=at, direct=root_key in private,
            held=held[root_key],
        )  # fmt: skip
        places.by_id[new_id] = places.by_root[root_key] = place


def place_of(places: Places, event: Said) -> Place | None:
    """Where it belongs: where it stands already, its thread's conversation, or its parent's. What is open does not
    begin in private because something private that answers it came first."""
    standing = places.standing.get(key_of(event.native_id))
    if standing is not None:
        place = places.by_id.get(standing.conversation_id)
        is_only_awaited = standing.state == Message.State.PLACEHOLDER and event.addressed and not event.direct
        if place is None or not (is_only_awaited and place.direct):
            return place
    place = places.by_root.get(key_of(root_of(event)))
    if place is None and event.parent:
        parent = places.standing.get(key_of(event.parent))
        place = places.by_id.get(parent.conversation_id) if parent else None
        if place is not None and not place.current:
            place = places.by_root.get(place.root_key)
        if place is not None and event.direct and not place.direct:
            return None
    return place


def is_past(place: Place, at: datetime) -> bool:
    """Closed so long ago that an answer begins anew."""
    return place.state == Conversation.State.CLOSED and place.state_at is not None and at - place.state_at > REOPENS_FOR
