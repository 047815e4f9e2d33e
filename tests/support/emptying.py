"""Emptying a test database whose own triggers refuse that rows are deleted."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.backends.sqlite3.base import DatabaseOperations

_flush = DatabaseOperations.execute_sql_flush


def allow() -> None:
    """From now on a test that commits can be cleaned up after on SQLite too. PostgreSQL truncates: no trigger asks."""
    DatabaseOperations.execute_sql_flush = _execute_sql_flush  # type: ignore[method-assign]


def _execute_sql_flush(operations: DatabaseOperations, sql_list: Iterable[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%%_no_%%'", [])
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        _flush(operations, list(sql_list))
        for _, sql in triggers:
            cursor.execute(sql)
