"""Emptying a test database whose own triggers refuse that rows are deleted, and that another process may be using."""

from __future__ import annotations

from collections.abc import Iterable

import psycopg
from django.db import OperationalError, connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations as PostgreSQL
from django.db.backends.sqlite3.base import DatabaseOperations

_flush = DatabaseOperations.execute_sql_flush
_truncate = PostgreSQL.execute_sql_flush
_ATTEMPTS = 10


def allow() -> None:
    """From now on a test that commits can be cleaned up after on SQLite too. PostgreSQL truncates: no trigger asks."""
    DatabaseOperations.execute_sql_flush = _execute_sql_flush  # type: ignore[method-assign]
    PostgreSQL.execute_sql_flush = _truncate_again  # type: ignore[method-assign]


def _truncate_again(operations: PostgreSQL, sql_list: Iterable[str]) -> None:
    """The product behind a browser works meanwhile, and takes its locks in another order: of two who wait for each
    other PostgreSQL turns one away, who asks again."""
    statements = list(sql_list)
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return _truncate(operations, statements)
        except OperationalError as error:
            if not isinstance(error.__cause__, psycopg.errors.DeadlockDetected) or attempt == _ATTEMPTS:
                raise


def _execute_sql_flush(operations: DatabaseOperations, sql_list: Iterable[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%%_no_%%'", [])
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        _flush(operations, list(sql_list))
        for _, sql in triggers:
            cursor.execute(sql)
