"""Taking jobs: one transaction, a batch at a time, never more of a group than its limit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

BATCH = 20
CANDIDATES = 400
"""How far one claim looks down the queue: a long backlog of one busy group must not be sorted every time."""

LOCK = 0x636F72616C65
"""PostgreSQL's advisory lock of claims: twenty at a time, so waiting for each other is free and limits stay exact."""

CLAIM = """
WITH busy AS (
  SELECT "group" AS name, count(*) AS n FROM jobs_job WHERE state = 'running' AND "group" <> '' GROUP BY "group"
), candidate AS (
  SELECT j.id, j."group" AS name, j.group_limit, j.priority, j.run_after, coalesce(b.n, 0) AS n
  FROM jobs_job j LEFT JOIN busy b ON b.name = j."group"
  WHERE j.state = 'waiting' AND j.run_after <= %s AND (b.n IS NULL OR b.n < j.group_limit)
  ORDER BY j.priority DESC, j.run_after, j.id LIMIT %s
), placed AS (
  SELECT c.*, row_number() OVER (PARTITION BY name ORDER BY priority DESC, run_after, id) AS place FROM candidate c
), chosen AS (
  SELECT id FROM placed WHERE name = '' OR place + n <= group_limit ORDER BY priority DESC, run_after, id LIMIT %s
)
UPDATE jobs_job SET state = 'running', worker = %s, started_at = %s, lease_until = %s, attempt = attempt + 1
WHERE id IN (SELECT id FROM chosen)
RETURNING id, task, arguments, "key", attempt, max_attempts, priority, run_after"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job in our hands until the lease ends."""

    id: int
    task: str
    arguments: str
    key: str
    attempt: int
    max_attempts: int


@transaction.atomic
def claim(worker: str, room: int = BATCH, *, lease: float = 60) -> list[Claimed]:
    """At most `room` due jobs, the most urgent first."""
    now = timezone.now()
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        until = adapt(now + timedelta(seconds=lease))
        cursor.execute(CLAIM, [adapt(now), CANDIDATES, room, worker, adapt(now), until])
        rows = sorted(cursor.fetchall(), key=lambda row: (-row[6], row[7], row[0]))
    return [Claimed(*row[:6]) for row in rows]


def is_due(now: datetime | None = None) -> bool:
    """Whether a claim would find anything: a read, where a claim would take SQLite's write lock."""
    due = "SELECT 1 FROM jobs_job WHERE state = 'waiting' AND run_after <= %s LIMIT 1"
    with connection.cursor() as cursor:
        cursor.execute(due, [connection.ops.adapt_datetimefield_value(now or timezone.now())])
        return cursor.fetchone() is not None
