"""Writing down what became of dispatches, many in one transaction; only for those that are still in our hands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from corale.adapters.activitypub.sending.claiming import lock
from corale.adapters.activitypub.sending.deciding import State, Verdict
from corale.adapters.activitypub.sending.departed import gone
from corale.adapters.activitypub.sending.servers import learn
from corale.store import rows

_SET = """
UPDATE activitypub_dispatch
SET state = %s, next_at = coalesce(%s, next_at), answered = %s, problem = %s, sent_at = %s, attempts = %s,
  lease_until = NULL, worker = ''
WHERE id = %s AND state = 1 AND worker = %s AND attempts = %s"""
"""The number of the attempt guards: what was taken over meanwhile is somebody else's."""


@transaction.atomic
def settle(me: str, verdicts: Sequence[Verdict]) -> None:
    """All of them, and what they say about servers and followers."""
    now = timezone.now()
    lock()
    with connection.cursor() as cursor:
        cursor.executemany(_SET, [_row(me, verdict, now) for verdict in verdicts])
    learn(verdicts, now)
    gone([verdict.letter for verdict in verdicts if verdict.is_gone], now)


def _row(me: str, verdict: Verdict, now: datetime) -> tuple[Any, ...]:
    letter, answer = verdict.letter, verdict.answer
    return (
        verdict.state, rows.moment(verdict.next_at), answer.status, answer.problem[:500],
        rows.moment(now) if verdict.state == State.SENT else None,
        letter.attempt if verdict.is_counted else letter.attempt - 1, letter.id, me, letter.attempt,
    )  # fmt: skip
