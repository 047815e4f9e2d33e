"""Envelopes become conversations."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connection as database
from django.db import transaction

from corale.channels.actions.keep import COLUMNS, envelope_row, fresh_keys, keep
from corale.channels.contract import Event, Known, Raw, Reacted, Said
from corale.channels.errors import Malformed
from corale.channels.keys import key_of
from corale.channels.models import Connection, Envelope
from corale.channels.text import plain
from corale.conversations.arrivals import (
    absences,
    answers,
    confidants,
    facts,
    identities,
    messages,
    reactions,
    settling,
)
from corale.conversations.arrivals.batch import Arrival, Batch
from corale.store import rows

log = logging.getLogger(__name__)
BATCH = 500
_ID_LIMIT = 500

UNDERSTOOD, UNREADABLE = Envelope.State.UNDERSTOOD.value, Envelope.State.UNREADABLE.value


@dataclass(slots=True)
class Taken:
    """What became of some envelopes."""

    kept: int = 0
    known: int = 0  # had arrived before
    messages: int = 0
    unreadable: int = 0
    problems: dict[str, str] = field(default_factory=dict)  # the key of what could not be read → why


def understand(connection: Connection, *, limit: int = BATCH) -> Taken:
    """Reads every kept envelope of a connection that nobody has read yet. Run twice, it does nothing twice."""
    total = Taken()
    while True:
        waiting = _waiting(connection, limit)
        if not waiting:
            return total
        taken = _understand_some(connection, waiting)
        total.messages += taken.messages
        total.unreadable += taken.unreadable


@dataclass(slots=True)
class Reading:
    """The events in an envelope, or why there are none."""

    raw: Raw
    events: list[Event]
    problem: str = ""

    @classmethod
    def of(cls, connection: Connection, raw: Raw) -> Reading:
        """Reads bytes, without network and database. An adapter that falls over spoils this envelope only."""
        try:
            events = list(connection.adapter.read(raw))
            for event in events:
                _check(event)
        except Malformed as error:
            return cls(raw, [], plain(str(error))[:500] or "malformed")
        except Exception as error:
            log.exception("The %s adapter could not read envelope %r.", connection.kind, raw.key)
            return cls(raw, [], plain(f"{type(error).__name__}: {error}")[:500])
        return cls(raw, events)


@dataclass(frozen=True, slots=True)
class _Kept:
    """An envelope without the weight of a model: thousands are read a second."""

    id: int
    raw: Raw
    at: datetime


# Both conditions on the state stand literally: SQLite uses a partial index only where it can read them.
_WAITING = (
    "SELECT id, native_key, body, headers, received_at FROM channels_envelope "
    "WHERE connection_id = %s AND state IN (0, 2) AND state = 0 ORDER BY id LIMIT %s"
)


def _waiting(connection: Connection, limit: int) -> list[_Kept]:
    with database.cursor() as cursor:
        cursor.execute(_WAITING, [connection.pk, limit])
        return [_kept(row) for row in cursor.fetchall()]


def _kept(row: Sequence[Any]) -> _Kept:
    pk, key, body, headers, received_at = row
    at = rows.as_time(received_at)
    assert at is not None
    headers = headers if isinstance(headers, dict) else _headers(headers)
    return _Kept(pk, Raw(key, bytes(body), headers, at), at)


@lru_cache(maxsize=256)  # what comes on one stream comes with the same headers
def _headers(text: str) -> dict[str, str]:
    return dict(json.loads(text))


def _understand_some(connection: Connection, waiting: Sequence[_Kept]) -> Taken:
    try:
        return _apply(connection, waiting)
    except Exception:
        if len(waiting) == 1:
            return _set_aside(waiting[0])
        log.exception("A batch of envelopes could not be understood together; trying them one by one.")
    total = Taken()
    for kept in waiting:
        one = _understand_some(connection, [kept])
        total.messages += one.messages
        total.unreadable += one.unreadable
    return total


def _set_aside(kept: _Kept) -> Taken:
    """Kept, counted and shown; read again after an upgrade."""
    log.exception("Envelope %s cannot be understood.", kept.id)
    Envelope.objects.filter(pk=kept.id).update(state=UNREADABLE, problem="It could not be worked into the record.")
    return Taken(unreadable=1)


_STILL_NEW = "SELECT id FROM channels_envelope WHERE state = 0 AND id IN ({marks})"


def _apply(connection: Connection, waiting: Sequence[_Kept]) -> Taken:
    read = [(kept, Reading.of(connection, kept.raw)) for kept in waiting]
    with transaction.atomic():
        rows.lock_intake(is_repeatable=True)  # until then the envelopes are new
        still = {row[0] for row in rows.select_in(_STILL_NEW, [kept.id for kept in waiting])}
        ours = [(kept, each) for kept, each in read if kept.id in still]
        batch = work_in(connection, [Arrival(event, kept.at) for kept, each in ours for event in each.events])
        _mark(connection, ours)
    return Taken(messages=len(batch.words), unreadable=sum(bool(each.problem) for _kept, each in ours))


def _mark(connection: Connection, read: Sequence[tuple[_Kept, Reading]]) -> None:
    """Understood, or unreadable and why."""
    columns, version = ("state", "parser_version", "problem"), connection.adapter.parser_version
    good = [kept.id for kept, each in read if not each.problem]
    rows.update_in(Envelope, columns, (UNDERSTOOD, version, ""), good)
    bad = [(UNREADABLE, version, each.problem, kept.id) for kept, each in read if each.problem]
    rows.update(Envelope, columns, bad)


def take_in(connection: Connection, raws: Sequence[Raw], *, batch: int | None = None, history: bool = False) -> Taken:
    """Keeps and understands in one transaction: for what can be read again if we fall over (a file, a replay).

    `history`: what was said then counts as received then; otherwise it is received now, unless an envelope says when.

    What came before is recognised by its key and left alone. If the batch cannot be understood as a whole, it is kept
    first and then understood one by one.
    """
    return take_in_read(connection, [Reading.of(connection, raw) for raw in raws], batch=batch, history=history)


def take_in_read(
    connection: Connection, read: Sequence[Reading], *, batch: int | None = None, history: bool = False
) -> Taken:
    """The same, of what has been read already."""
    try:
        with transaction.atomic():
            rows.lock_intake()
            rows.lock_keeping(connection.pk)
            return _take(connection, read, batch, history)
    except Exception:
        log.exception("A batch could not be taken in together; keeping it and trying one by one.")
    kept = keep(connection, [each.raw for each in read], batch=batch)
    taken = understand(connection)
    return Taken(kept, len(read) - kept, taken.messages, taken.unreadable)


def _take(connection: Connection, read: Sequence[Reading], batch: int | None, history: bool) -> Taken:
    fresh, now = fresh_keys(connection, [each.raw for each in read]), datetime.now(UTC)
    version, envelopes, arrivals = connection.adapter.parser_version, [], []
    problems: dict[str, str] = {}
    for each in read:
        raw, problem, key = each.raw, each.problem, key_of(each.raw.key)
        if key not in fresh:
            continue
        fresh.discard(key)  # the same thing twice in one batch
        at = raw.received_at or (_said_at(each.events) if history else None) or now
        if problem:
            problems[raw.key] = problem
        state = UNREADABLE if problem else UNDERSTOOD
        envelopes.append(
            envelope_row(connection, raw, key, at, state=state, version=version, problem=problem, batch=batch)
        )
        arrivals += [Arrival(event, at) for event in each.events]
    rows.insert(Envelope, COLUMNS, envelopes)
    worked = work_in(connection, arrivals)
    known = len(read) - len(envelopes)
    return Taken(len(envelopes), known, len(worked.words), len(problems), problems)


def _said_at(events: Sequence[Event]) -> datetime | None:
    for event in events:
        if isinstance(event, Said):
            return event.written_at
    return None


def _check(event: Event) -> None:
    ids: Iterable[str] = ()
    match event:
        case Said(native_id=native_id, author=who):
            ids = (native_id, who.stable_id)
        case Reacted(native_id=native_id, actor=who):
            ids = (native_id, who.stable_id)
        case Known(who=who):
            ids = (who.stable_id,)
    for native_id in ids:
        if not native_id or len(native_id) > _ID_LIMIT or (not native_id.isalnum() and plain(native_id) != native_id):
            raise Malformed("an id is missing, too long or not text")


def work_in(connection: Connection, arrivals: Sequence[Arrival[Event]]) -> Batch:
    """The stations of `conversations.arrivals`, inside the caller's transaction."""
    batch = Batch(connection, arrivals)
    if not arrivals:
        return batch
    identities.resolve(batch)
    pile = messages.place(batch)
    answers.settle(batch, pile)
    messages.write(batch, pile)
    reactions.write(batch)
    absences.write(batch)
    settling.save(batch, pile.places)
    confidants.write(batch)
    facts.write(batch)
    settling.tell(batch, pile.places)
    return batch
