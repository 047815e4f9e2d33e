"""How much one sender and one server may bring: counted in the database, so that all processes count together."""

from __future__ import annotations

import time

from django.db import connection

from corale.adapters.activitypub.signing import NotBelieved
from corale.channels.keys import key_of

SENDER, HOST = 600, 6_000
"""Deliveries in a minute. A group or a relay speaks for many; a large server has many who speak."""

_COUNT = """
INSERT INTO activitypub_allowance ("key", minute, count) VALUES (%s, %s, 1), (%s, %s, 1)
ON CONFLICT ("key") DO UPDATE SET minute = excluded.minute,
count = CASE WHEN activitypub_allowance.minute = excluded.minute THEN activitypub_allowance.count + 1 ELSE 1 END
RETURNING "key", count"""


def allow(sender: str, host: str) -> None:
    """Counts one delivery. NotBelieved("too_many") says after how many seconds there is room again.

    In the caller's transaction: what is not kept is not counted either.
    """
    now = int(time.time())
    limits = {key_of(f"sender {sender}"): SENDER, key_of(f"host {host}"): HOST}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [value for key in sorted(limits) for value in (key, now // 60)])
        counts = cursor.fetchall()
    if any(count > limits[key] for key, count in counts):
        raise NotBelieved("too_many", 429, retry_after=60 - now % 60)
