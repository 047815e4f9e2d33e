"""What sending teaches us about other servers: which manner of signing they believe, and whether they are there.

A circuit breaker: after three failures in a row a server is left alone for a minute, then for twice as long, up to six
hours; then one dispatch knocks. When that is taken, everything that waited for the server leaves.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from corale.adapters.activitypub.models import Dispatch, Server
from corale.adapters.activitypub.models.server import FORGOTTEN_AFTER
from corale.adapters.activitypub.sending.acting import woken
from corale.adapters.activitypub.sending.deciding import State, Verdict

OPENS_AFTER = 3  # failures in a row
FIRST_REST, LONGEST_REST = 60.0, 6 * 3600.0


def learn(verdicts: Sequence[Verdict], now: datetime) -> None:
    """In the caller's transaction. Servers that work as before cost nothing."""
    told: dict[int, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        told[verdict.letter.server_id].append(verdict)
    news = [pk for pk, theirs in told.items() if any(map(_is_news, theirs))]
    if not news:
        return
    for server in Server.objects.select_for_update().filter(pk__in=news).order_by("pk"):
        before = _state(server)
        for verdict in told[server.pk]:
            _hear(server, verdict, now)
        if _state(server) != before:
            server.save(update_fields=["scheme", "failures", "failing_since", "closed_until", "is_dead"])
            _move_waiting(server, was_failing=bool(before[1]), now=now)


def _is_news(verdict: Verdict) -> bool:
    if verdict.answer.scheme or verdict.closed_until is not None:
        return True
    return verdict.server is False or (verdict.server is True and verdict.letter.was_failing)


def _state(server: Server) -> tuple[object, ...]:
    return server.scheme, server.failures, server.failing_since, server.closed_until, server.is_dead


def _hear(server: Server, verdict: Verdict, now: datetime) -> None:
    if verdict.answer.scheme:
        server.scheme = verdict.answer.scheme
    if verdict.server is True:
        server.failures, server.failing_since, server.closed_until, server.is_dead = 0, None, None, False
    elif verdict.server is False:
        server.failures += 1
        server.failing_since = server.failing_since or now
        server.is_dead = now - server.failing_since > FORGOTTEN_AFTER
        if server.failures >= OPENS_AFTER:
            server.closed_until = now + timedelta(seconds=rest(server.failures))
    if verdict.closed_until is not None:
        server.closed_until = max(verdict.closed_until, server.closed_until or verdict.closed_until)


def rest(failures: int) -> float:
    """Seconds for which nobody knocks."""
    doubled = FIRST_REST * 2.0 ** min(failures - OPENS_AFTER, 20)
    return min(doubled, LONGEST_REST) * random.uniform(0.9, 1.1)  # noqa: S311


def _move_waiting(server: Server, *, was_failing: bool, now: datetime) -> None:
    """What waits for it moves with it: away, to the end of its rest, or to now."""
    waiting = Dispatch.objects.filter(server=server, state=State.WAITING)
    if server.is_dead:
        waiting.update(state=State.DROPPED, problem="The server has not answered for three weeks.")
    elif server.closed_until:
        waiting.filter(next_at__lt=server.closed_until).update(next_at=server.closed_until)
    elif was_failing and not server.failures:
        waiting.filter(next_at__gt=now).update(next_at=now)


def heard(server_id: int) -> None:
    """Something arrived from there. Called by whoever receives; costs one statement, and writes at most once a minute.
    A server that failed is tried again at once, a dead one is remembered."""
    now = timezone.now()
    there = Server.objects.filter(pk=server_id)
    stale = there.filter(heard_at=None) | there.filter(heard_at__lt=now - timedelta(minutes=1))
    if not stale.update(heard_at=now):
        return
    if there.filter(failures__gt=0).update(failures=1, closed_until=None, is_dead=False, failing_since=now):
        Dispatch.objects.filter(server_id=server_id, state=State.WAITING, next_at__gt=now).update(next_at=now)
        woken.set()
