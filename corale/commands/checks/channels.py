"""Every connection: does the other side still let us in, and when did we last hear from it?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from corale.commands.checks import Finding

SILENT = timedelta(minutes=15)


def channels() -> Iterator[Finding]:
    from corale.channels.models import Connection

    shown = Connection.objects.exclude(state=Connection.State.REMOVED).order_by("pk")
    for found in shown:
        yield about(found)
    if not shown:
        yield Finding("channels", "ok", "none connected")


def about(connection: object) -> Finding:
    """One connection in a sentence."""
    from corale.channels.models import Connection

    assert isinstance(connection, Connection)
    name, state = f"{connection.kind} {connection}", Connection.State
    if connection.state == state.DISCONNECTED:
        words = f"no longer lets us in: {connection.problem.strip()[:200]}"
        return Finding(name, "bad", words, f"Connect it again on the page /channels/ ({connection}).")
    if connection.state == state.PAUSED or connection.demo:
        return Finding(name, "ok", "paused" if connection.state == state.PAUSED else "demo")
    asked = connection.asked_at
    if connection.problem:
        return Finding(name, "warn", connection.problem.strip()[:200], "It is tried again by itself.")
    if connection in Connection.objects.listening() and (asked is None or timezone.now() - asked > SILENT):
        return Finding(name, "warn", "nobody has asked it for news lately", "Is a worker running?")
    return Finding(name, "ok", "connected")
