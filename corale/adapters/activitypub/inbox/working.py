"""What was kept at the inboxes is done: in order, once by its effect, and what cannot be done does not stop the rest.

A worker reads envelopes after its cursor, a batch at a time. Each is worked in transactions of its own, so whoever is
killed begins the batch again and finds it half done. Then the record reads the same envelopes.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.db import Error as DatabaseError
from django_tasks import task

from corale.adapters.activitypub import own
from corale.adapters.activitypub.inbox import stumbling, verbs
from corale.adapters.activitypub.inbox.arrival import Arrival, Round
from corale.adapters.activitypub.inbox.reading import after, by_id, has_new, mark, move, tombstones
from corale.channels.errors import Malformed, Refused, Unreachable
from corale.channels.models import Connection
from corale.channels.signals import envelopes_kept
from corale.jobs import enqueue_once

log = logging.getLogger(__name__)
BATCH = 100


def wake(connection: Connection) -> None:
    """Somebody works what is new, soon. In the caller's transaction."""
    enqueue_once(work_later, f"activitypub:{connection.pk}", connection.pk)


@task(priority=5, max_attempts=20, group="activitypub.inbox", group_limit=1)
def work_later(connection_id: int) -> None:
    if (connection := Connection.objects.filter(pk=connection_id).first()) is not None:
        work(connection)


@task()
def sweep() -> None:
    """Finds what was forgotten, and what may be tried again."""
    connection = own.connection()
    if connection is not None and (has_new(connection) or stumbling.is_due() or _is_left(connection)):
        wake(connection)


@dataclass(slots=True)
class Worked:
    """How many envelopes were done, and how many stumbled."""

    done: int = 0
    stumbled: int = 0


def work(connection: Connection, *, batch: int = BATCH) -> Worked:
    """Everything that is new, then what is due to be tried again."""
    total = Worked()
    while arrivals := after(connection, batch):
        _round(connection, arrivals, total)
        move(connection, arrivals[-1].envelope_id)
        envelopes_kept.send(Connection, connection=connection)
    while due := by_id(connection, stumbling.due(batch)):
        _round(connection, due, total)
        envelopes_kept.send(Connection, connection=connection)
    if _is_left(connection):  # whoever worked it was killed, or its database failed, before the record could read it
        envelopes_kept.send(Connection, connection=connection)
    return total


def _is_left(connection: Connection) -> bool:
    """Something that was kept has not been read by the record."""
    return connection.envelopes.new().exists()


def _round(connection: Connection, arrivals: list[Arrival], total: Worked) -> None:
    shared = Round(connection, gone=tombstones(arrivals))
    held = stumbling.senders() - {arrival.sender_key for arrival in arrivals if arrival.is_again}
    for arrival in arrivals:
        arrival.round = shared
        if arrival.sender_key in held:
            stumbling.wait_behind(arrival)
        elif _one(arrival):
            total.done += 1
        else:
            total.stumbled += 1
            held.add(arrival.sender_key)
    mark(shared)


def _one(arrival: Arrival) -> bool:
    """False when what the same sender said after it has to wait. The database's own trouble is nobody's fault: then
    the whole batch is tried again."""
    try:
        verbs.work(arrival)
    except DatabaseError:
        raise
    except (Malformed, Refused):
        pass  # of the first the record speaks when it reads it; to the other there is nothing more to do
    except Unreachable as error:
        return stumbling.later(arrival, str(error))
    except Exception as error:
        log.exception("Envelope %s could not be worked.", arrival.envelope_id)
        stumbling.set_aside(arrival, f"{type(error).__name__}: {error}")
        return True
    stumbling.forget(arrival)
    return True
