"""The numbers beside the trays: all of them in one statement, each exact to 999 and never dearer than that."""

from __future__ import annotations

from typing import Any

from django.db import connection

from corale.people.models import Person
from corale.respond.grammar import Query
from corale.respond.trays import COUNTED, Tray
from corale.respond.walking import asked

MOST = 1000


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
    for tray in COUNTED:
        sql, values = _bounded(tray, me)
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS {tray.key}_rows)")  # noqa: S608  the parts are Django's own
        params.extend(values)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        row = cursor.fetchone()
    return dict(zip((tray.key for tray in COUNTED), row, strict=True))


def _bounded(tray: Tray, me: Person) -> tuple[str, tuple[Any, ...]]:
    rows = asked(tray, me, Query())
    if tray.key == "mentions":
        rows = rows.filter(seen_at=None)
    return rows.order_by().values("pk")[:MOST].query.sql_with_params()
