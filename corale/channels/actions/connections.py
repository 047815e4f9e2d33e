"""Our accounts: connected, lost, paused, removed."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from corale.channels.contract import Adapter
from corale.channels.errors import ChannelError
from corale.channels.events import ConnectionLost, ConnectionMade, ConnectionRestored
from corale.channels.models import Connection, Delivery
from corale.channels.registry import adapter_for
from corale.ledger import record
from corale.live import publish

State = Connection.State


def connect(kind: str, answers: Mapping[str, str], *, by_id: int) -> Connection:
    """Tries the credentials and keeps the account. The same account again renews its credentials and goes on where it
    stopped. Errors: the four of a channel."""
    adapter: Adapter = adapter_for(kind)
    introduced = adapter.introduce(answers)
    with transaction.atomic():
        connection, made = Connection.objects.update_or_create(
            kind=kind,
            stable_id=introduced.stable_id,
            defaults={
                "handle": introduced.handle,
                "name": introduced.name,
                "avatar_url": introduced.avatar_url,
                "service": answers.get("service", ""),
                "language": answers.get("language", ""),
                "state": State.ACTIVE,
                "problem": "",
                "problem_at": None,
                "wait_until": None,
                "connected_by_id": by_id,
            },
        )
        connection.keep_secret(introduced.secret)
        record((ConnectionMade if made else ConnectionRestored)(connection_id=connection.pk, by_id=by_id))
        _wake_deliveries(connection)
    return connection


def lost(connection: Connection, error: ChannelError) -> None:
    """It no longer lets us in: an administrator sees it, with what to do."""
    with transaction.atomic():
        changed = (
            Connection.objects.filter(pk=connection.pk)
            .exclude(state=State.DISCONNECTED)
            .update(
                state=State.DISCONNECTED,
                problem=f"{error} {error.advice}".strip()[:1000],
                problem_at=timezone.now(),
            )
        )
        if changed:
            record(ConnectionLost(connection_id=connection.pk, why="disconnected", auto=True, demo=connection.demo))
            publish("connections", {"connection": str(connection.pk)})


def change_state(connection: Connection, state: str, *, by_id: int) -> None:
    """Paused, active again, or removed; what was heard stays."""
    with transaction.atomic():
        Connection.objects.filter(pk=connection.pk).update(state=state, problem="", problem_at=None)
        if state == State.ACTIVE:
            record(ConnectionRestored(connection_id=connection.pk, by_id=by_id))
            _wake_deliveries(connection)
        else:
            record(ConnectionLost(connection_id=connection.pk, by_id=by_id, why=state))
        if state == State.REMOVED:
            connection.keep_secret({})


def _wake_deliveries(connection: Connection) -> None:
    """What waited for the account goes on now."""
    from corale.channels.actions.deliver import deliver_later

    waiting = Delivery.objects.filter(connection=connection, state=Delivery.State.WAITING)
    waiting.update(next_at=timezone.now())
    for delivery in waiting.order_by("pk")[:500]:
        deliver_later(delivery)
