"""Who else wrote: one wake-up for all processes, from the database itself.

PostgreSQL tells with LISTEN/NOTIFY, in the order of commits. SQLite has nothing of the kind, but `PRAGMA data_version`
changes whenever another connection commits: asking it every 50 ms costs a hundredth of a core and no lock. A notice is
a hint, never the data: whoever is woken reads rows, and looks from time to time even when nothing woke them.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connections

POLL = 0.05
"""Seconds between two looks at SQLite's data_version."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something was committed. Without a channel: anything may have happened, also while nobody listened."""

    channel: str = ""
    payload: str = ""


class Listener(Protocol):
    """One per process, used by one thread."""

    def wait(self, timeout: float) -> list[Notice]: ...

    def close(self) -> None: ...


def listen(*channels: str) -> Listener:
    """A listener on a connection of its own, so that no transaction of ours hides the others' commits."""
    if connections["default"].vendor == "postgresql":
        return PostgresListener(channels)
    return SqliteListener(str(connections["default"].settings_dict["NAME"]))


def notify_sql(channel: str) -> str:
    """The select that tells `channel` at commit; empty where the commit itself is the message."""
    return f"pg_notify('{channel}', %s)" if connections["default"].vendor == "postgresql" else ""


def tell(channel: str) -> None:
    """Wake whoever listens to `channel`, when the transaction commits."""
    if sql := notify_sql(channel):
        with connections["default"].cursor() as cursor:
            cursor.execute(f"SELECT {sql}", [""])


class SqliteListener:
    """Looks at data_version; every commit of another connection is a notice."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(
            path, uri=path.startswith("file:"), check_same_thread=False, isolation_level=None, timeout=20
        )
        self._seen = self._version()

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def wait(self, timeout: float) -> list[Notice]:
        deadline = time.monotonic() + timeout
        while True:
            with contextlib.suppress(sqlite3.OperationalError):  # a moment of exclusive locking: look again
                if (version := self._version()) != self._seen:
                    self._seen = version
                    return [Notice()]
            left = deadline - time.monotonic()
            if left <= 0:
                return []
            time.sleep(min(POLL, left))

    def close(self) -> None:
        self._connection.close()


class PostgresListener:
    """LISTEN on a connection of its own; a lost one is opened again and says that anything may have happened."""

    def __init__(self, channels: tuple[str, ...]) -> None:
        self._channels = channels
        self._connection: Any = None
        with contextlib.suppress(Exception):  # the database may still be starting: wait() tries again
            self._connect()

    def _connect(self) -> None:
        import psycopg
        from psycopg import sql

        params = {**connections["default"].get_connection_params(), "autocommit": True}
        for name in ("cursor_factory", "server_side_binding", "prepare_threshold", "context"):
            params.pop(name, None)
        self._connection = psycopg.connect(**params)
        for channel in self._channels:
            self._connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))

    def wait(self, timeout: float) -> list[Notice]:
        try:
            if self._connection is None:
                self._connect()
                return [Notice()]
            return [
                Notice(told.channel, told.payload)
                for told in self._connection.notifies(timeout=max(timeout, 0.001), stop_after=1)
            ]
        except Exception:  # whatever broke the connection, the answer is a new one
            self.close()
            time.sleep(min(timeout, 0.5))
            return []

    def close(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(Exception):
                self._connection.close()
        self._connection = None
