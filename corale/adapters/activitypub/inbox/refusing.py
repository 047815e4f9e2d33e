"""What is not believed is counted, and not kept."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

from corale.adapters.activitypub.models import Refusal
from corale.store import rows

HOSTS = 1_000
"""Rows for a day. Names of hosts are free, and whoever invents many is counted without one."""

_COUNT = "UPDATE activitypub_refusal SET count = count + 1, last_at = %s WHERE day = %s AND reason = %s AND host = %s"
_BEGIN = """
INSERT INTO activitypub_refusal (day, reason, host, count, last_at) VALUES (%s, %s, %s, 1, %s)
ON CONFLICT (day, reason, host)
DO UPDATE SET count = activitypub_refusal.count + 1, last_at = excluded.last_at"""


def count(reason: str, host: str) -> None:
    """One more. `host` is who is said to have sent it; nobody has proved it."""
    now = timezone.now()
    day, host, at = now.date(), host[:255], rows.moment(now)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [at, day, reason, host])
        if not cursor.rowcount:
            is_full = host and Refusal.objects.filter(day=day)[HOSTS : HOSTS + 1].exists()
            cursor.execute(_BEGIN, [day, reason, "" if is_full else host, at])
