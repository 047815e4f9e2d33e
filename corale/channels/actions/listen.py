"""Asking every connected account for news, for as long as the product runs."""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from datetime import timedelta

from django.db import connection as database
from django.utils import timezone

from corale.channels.actions.connections import lost
from corale.channels.actions.keep import keep, keep_received
from corale.channels.actions.telling import Teller
from corale.channels.errors import ChannelError, Disconnected
from corale.channels.models import Connection
from corale.channels.signals import envelopes_kept
from corale.live import publish

log = logging.getLogger(__name__)
Tell = Callable[[Connection], None]
_LOOK_FOR_NEW_CONNECTIONS = 2.0  # seconds


def listen(stop: threading.Event) -> None:
    """One thread for each connection, until told to stop. A connection that is new is heard within two seconds."""
    threads: dict[int, threading.Thread] = {}
    teller = Teller()
    teller.start()
    while not stop.is_set():
        wanted = set(Connection.objects.listening().values_list("pk", flat=True))
        for pk in wanted:
            if pk not in threads or not threads[pk].is_alive():
                given = (pk, stop, teller.soon)
                threads[pk] = threading.Thread(target=_follow, args=given, name=f"connection {pk}", daemon=True)
                threads[pk].start()
        stop.wait(_LOOK_FOR_NEW_CONNECTIONS)
    for thread in threads.values():
        thread.join(timeout=5)
    teller.end()
    teller.join(timeout=5)


def _follow(pk: int, stop: threading.Event, tell: Tell) -> None:
    """Asks one account again and again, as often as is polite, and longer when it cannot be reached."""
    failures = 0
    try:
        while not stop.is_set():
            connection = Connection.objects.listening().filter(pk=pk).first()
            if connection is None:
                return
            try:
                pause = listen_once(connection, tell=tell)
                failures = 0
            except Disconnected as error:
                lost(connection, error)
                return
            except ChannelError as error:
                failures += 1
                pause = error.retry_after or min(2.0**failures, 120.0) * random.uniform(1.0, 1.3)  # noqa: S311
                _note_problem(connection, error, pause)
            except Exception:
                failures += 1
                pause = min(2.0**failures, 120.0)
                log.exception("Listening on connection %s failed.", pk)
                database.close_if_unusable_or_obsolete()
            stop.wait(pause)
    finally:
        database.close()


def _tell_now(connection: Connection) -> None:
    envelopes_kept.send(Connection, connection=connection)


def listen_once(connection: Connection, *, tell: Tell = _tell_now) -> float:
    """Asks each stream once; what came is kept with its cursor, then told. Seconds until the next time."""
    adapter, pause = connection.adapter, 60.0
    for stream in adapter.streams(connection):
        cursor = connection.cursors.filter(stream=stream).values_list("value", flat=True).first() or ""
        received = adapter.receive(connection, stream, cursor)
        kept = 0
        if received.raws or received.cursor != cursor:
            kept = keep_received(connection, received)
        if kept or connection.envelopes.new().exists():
            tell(connection)
        pause = min(pause, received.again_in)
        _note_heard(connection, kept)
    return pause


def recheck(connection: Connection, native_ids: list[str]) -> None:
    """What became of messages we know, on networks that tell of deletions only by absence."""
    raws = connection.adapter.recheck(connection, native_ids)
    if raws and keep(connection, raws):
        _tell_now(connection)


def _note_heard(connection: Connection, kept: int) -> None:
    now, first = timezone.now(), kept > 0 and connection.heard_at is None
    values: dict[str, object] = {"asked_at": now, "problem": "", "problem_at": None, "wait_until": None}
    if kept:
        values["heard_at"] = connection.heard_at = now
    elif connection.asked_at and now - connection.asked_at < timedelta(seconds=30) and not connection.problem:
        return  # nothing new to say: no write every three seconds
    connection.asked_at = now
    Connection.objects.filter(pk=connection.pk).update(**values)
    if first:
        publish(f"connection:{connection.pk}", {"heard": "first"})


def _note_problem(connection: Connection, error: ChannelError, pause: float) -> None:
    now = timezone.now()
    Connection.objects.filter(pk=connection.pk).update(
        problem=f"{error} {error.advice}".strip()[:1000], problem_at=now, wait_until=now + timedelta(seconds=pause)
    )
