"""Taking what is due: a batch in one statement, never more than two of a server at once, each lane in its order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from corale.jobs.identity import is_dead
from corale.store import rows

LEASE = timedelta(seconds=90)
"""Longer than a dispatch is in our hands: two knocks of fifteen seconds, and its turn before them."""

AT_ONCE = 2
"""Of one server; one while it fails."""

CANDIDATES = 400
LOCK = 0x6665646976

BLOCKS = "e.answered IS NULL OR e.answered IN (429, 502, 503, 504) OR e.attempts < 3"
"""An earlier one holds up its lane until it is settled; not for ever, when it is the one thing that they choke on."""

CLAIM = f"""
WITH busy AS (
  SELECT server_id, count(*) AS n FROM activitypub_dispatch WHERE state = 1 AND lease_until > %s GROUP BY server_id
), candidate AS (
  SELECT d.id, d.server_id, d.is_addressed, d.next_at, coalesce(b.n, 0) AS n,
    CASE WHEN s.failures > 0 THEN 1 ELSE {AT_ONCE} END AS most
  FROM activitypub_dispatch d
  JOIN activitypub_server s ON s.id = d.server_id
  LEFT JOIN busy b ON b.server_id = d.server_id
  WHERE d.state IN (0, 1) AND (d.state = 0 OR d.lease_until <= %s) AND d.next_at <= %s
    AND (s.closed_until IS NULL OR s.closed_until <= %s)
    AND coalesce(b.n, 0) < CASE WHEN s.failures > 0 THEN 1 ELSE {AT_ONCE} END
    AND NOT EXISTS (
      SELECT 1 FROM activitypub_dispatch e
      WHERE e.lane = d.lane AND e.id < d.id AND e.state IN (0, 1) AND ({BLOCKS})
    ) {{only}}
  ORDER BY d.is_addressed DESC, d.next_at, d.id LIMIT {CANDIDATES}
), placed AS (
  SELECT c.*, row_number() OVER (PARTITION BY server_id ORDER BY is_addressed DESC, next_at, id) AS place
  FROM candidate c
), chosen AS (
  SELECT id FROM placed WHERE place + n <= most ORDER BY is_addressed DESC, next_at, id LIMIT %s
)
UPDATE activitypub_dispatch SET state = 1, worker = %s, lease_until = %s, attempts = attempts + 1
WHERE id IN (SELECT id FROM chosen)
RETURNING id, activity_id, server_id, inbox, attempts"""  # noqa: S608 (our own constants)

DUE = f"""
SELECT 1 FROM activitypub_dispatch d JOIN activitypub_server s ON s.id = d.server_id
WHERE d.state IN (0, 1) AND (d.state = 0 OR d.lease_until <= %s) AND d.next_at <= %s
  AND (s.closed_until IS NULL OR s.closed_until <= %s)
  AND NOT EXISTS (
    SELECT 1 FROM activitypub_dispatch e
    WHERE e.lane = d.lane AND e.id < d.id AND e.state IN (0, 1) AND ({BLOCKS})
  ) LIMIT 1"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Claimed:
    """A dispatch in our hands until the lease ends."""

    id: int
    activity_id: int
    server_id: int
    inbox: str
    attempt: int


@transaction.atomic
def claim(me: str, room: int, *, activity_id: int | None = None) -> list[Claimed]:
    """At most `room` that are due, those spoken to first; only those of one activity when it is named."""
    now = timezone.now()
    at, until = rows.moment(now), rows.moment(now + LEASE)
    only = "" if activity_id is None else "AND d.is_addressed AND d.activity_id = %s"
    named = [] if activity_id is None else [activity_id]
    lock()
    with connection.cursor() as cursor:
        cursor.execute(CLAIM.format(only=only), [at, at, at, at, *named, room, me, until])
        return sorted((Claimed(*row) for row in cursor.fetchall()), key=lambda each: each.id)


def lock() -> None:
    """Claims and settlements follow each other, so that limits are exact. SQLite's write lock is that already."""
    if rows.is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def is_due(now: datetime | None = None) -> bool:
    """Whether a claim might find anything: a read, where a claim would take SQLite's write lock."""
    at = rows.moment(now or timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(DUE, [at, at, at])
        return cursor.fetchone() is not None


def take_over(me: str) -> None:
    """What a dead process of this machine held is due at once, not when its lease ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT worker FROM activitypub_dispatch WHERE state = 1")
        dead = [worker for (worker,) in cursor.fetchall() if is_dead(worker, me)]
        for worker in dead:
            cursor.execute(
                "UPDATE activitypub_dispatch SET state = 0, lease_until = NULL WHERE state = 1 AND worker = %s",
                [worker],
            )
