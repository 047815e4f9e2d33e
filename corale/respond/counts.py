"""The numbers beside the trays, and of what saved queries found: all in one statement, each exact to 999.

None is dearer than that.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import QuerySet

from corale.listen.stream import unseen_in_all
from corale.people.models import Person
from corale.respond.grammar import Query
from corale.respond.trays import COUNTED, Tray
from corale.respond.walking import asked

MOST = 1000
LISTENING = "listening"


def counts_for(me: Person) -> dict[str, int]:
    """How many rows each tray would show now. Asked once for a request: the person carries the answer."""
    known: dict[str, int] | None = getattr(me, "_tray_counts", None)
    if known is None:
        known = _count(me)
        me._tray_counts = known  # type: ignore[attr-defined]
    return known


def _count(me: Person) -> dict[str, int]:
    parts: list[str] = []
    params: list[Any] = []
    counted: dict[str, QuerySet[Any]] = {tray.key: _rows(tray, me) for tray in COUNTED} | {LISTENING: unseen_in_all(me)}
    for key, rows in counted.items():
        sql, values = rows.order_by().values("pk")[:MOST].query.sql_with_params()
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS {key}_rows)")  # noqa: S608  the parts are Django's own
        params.extend(values)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        row = cursor.fetchone()
    return dict(zip(counted, row, strict=True))


def _rows(tray: Tray, me: Person) -> QuerySet[Any]:
    rows = asked(tray, me, Query())
    return rows.filter(seen_at=None) if tray.key == "mentions" else rows
