"""Versions, and the one known fault in them."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Iterator

import django
from django.db import connection

from corale import __version__
from corale.commands.checks import Finding

FIXED = (3, 51, 3)
BACKPORTED = {(3, 44): 6, (3, 50): 7}
ADVICE = (
    "In rare cases two processes that write while the log is reset can damage the file. Back up before every upgrade"
    " and every night (corale backup), look with `corale doctor --deep` every week, or keep what matters on PostgreSQL."
)


def has_wal_fault(version: tuple[int, ...]) -> bool:
    """SQLite 3.7.0 to 3.51.2, unless the branch has the fix."""
    if not (3, 7, 0) <= version < FIXED:
        return False
    fixed_at = BACKPORTED.get((version[0], version[1]))
    return fixed_at is None or version[2] < fixed_at


def versions() -> Iterator[Finding]:
    yield Finding(
        "corale", "ok", f"Corale {__version__}, Python {platform.python_version()}, Django {django.__version__}"
    )
    if connection.vendor == "postgresql":
        yield _postgres()
    elif has_wal_fault(sqlite3.sqlite_version_info):
        words = f"SQLite {sqlite3.sqlite_version} has the write-ahead-log fault (fixed in 3.51.3, 3.50.7, 3.44.6)"
        yield Finding("sqlite", "warn", words, ADVICE)
    else:
        yield Finding("sqlite", "ok", f"SQLite {sqlite3.sqlite_version}")


def _postgres() -> Finding:
    connection.ensure_connection()
    number = connection.cursor().connection.info.server_version
    words = f"PostgreSQL {number // 10000}.{number % 10000}"
    if number < 150000:
        return Finding("postgresql", "bad", words, "Corale needs PostgreSQL 15 or newer.")
    return Finding("postgresql", "ok", words)
