"""Whose inbox it is."""

from __future__ import annotations

from functools import lru_cache

from django.db import connection

from corale.adapters.activitypub.models import Actor
from corale.channels.models import Connection

_PLACE = """
SELECT channels_connection.id, activitypub_actor.state
FROM channels_connection LEFT JOIN activitypub_actor ON activitypub_actor.name = %s
WHERE channels_connection.kind = 'activitypub' AND channels_connection.state <> 'removed'
ORDER BY channels_connection.id LIMIT 1"""


def place(name: str) -> tuple[Connection | None, int]:
    """The connection of the house (only its id is known) and 202, when somebody takes letters there; otherwise 404, or
    410 where somebody was. "" is the inbox for all. One statement for each delivery."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, [name])
        found = cursor.fetchone()
    if found is None or (name and found[1] is None):
        return None, 404
    return (None, 410) if found[1] == Actor.State.HIDDEN else (_connection(found[0]), 202)


@lru_cache(maxsize=8)
def _connection(pk: int) -> Connection:
    """Nothing more is needed to keep something, and making one costs as much as asking."""
    return Connection(pk=pk)
