"""The clock: every measure counts seconds, and other servers refuse what comes from another time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

import corale
from corale.commands.checks import Finding

OFF, FAR_OFF = 5, 120


def clock() -> Iterator[Finding]:
    """Beside the database's on PostgreSQL, and beside a connected channel's; nobody else is asked."""
    installed = datetime.fromtimestamp(Path(corale.__file__).stat().st_mtime, UTC)
    if timezone.now() < installed:
        yield Finding(
            "clock", "bad", "it is earlier than when Corale was installed", "Set the clock, and keep it by NTP."
        )
        return
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            yield beside("the database", cursor.fetchone()[0])
    if service := connected_service():
        if there := date_at(service):
            yield beside(service, there)
    elif connection.vendor != "postgresql":
        yield Finding("clock", "ok", f"{timezone.now():%Y-%m-%d %H:%M:%S} UTC")


def beside(name: str, there: datetime) -> Finding:
    seconds = abs((timezone.now() - there).total_seconds())
    level = "bad" if seconds > FAR_OFF else "warn" if seconds > OFF else "ok"
    return Finding("clock", level, f"{seconds:.0f} s from {name}", "" if level == "ok" else "Keep the clock by NTP.")  # type: ignore[arg-type]


def connected_service() -> str:
    """The address of a channel that is connected anyway."""
    from corale.channels.models import Connection

    found = Connection.objects.filter(state=Connection.State.ACTIVE, demo=False, service__startswith="http").first()
    return found.service if found else ""


def date_at(service: str) -> datetime | None:
    """Its Date header, through the guarded door; None when it does not answer: channels are another check."""
    from corale.lib import http

    try:
        answer = http.fetch(service, timeout=5, allow_loopback=settings.CORALE_ALLOW_LOOPBACK)
        return parsedate_to_datetime(answer.headers["date"])
    except Exception:
        return None
