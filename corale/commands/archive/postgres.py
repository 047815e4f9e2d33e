"""PostgreSQL's side: COPY of every table in one snapshot, and back through a schema beside the live one.

Nothing but a connection is needed (no pg_dump of the right version). Restoring builds the tables anew in a schema of
its own, brings them up to this version, and then changes the names of the two schemas in one transaction.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg
from django.db import connection
from psycopg import sql

from corale.commands.archive.manifest import Manifest, Unusable

NEXT, OLD = "corale_next", "corale_old"


def connect(**more: Any) -> psycopg.Connection[Any]:
    params = dict(connection.get_connection_params())
    for name in ("cursor_factory", "server_side_binding", "prepare_threshold", "context"):
        params.pop(name, None)
    return psycopg.connect(**params, **more)


def tables(live: psycopg.Connection[Any], schema: str = "public") -> dict[str, list[str]]:
    """Each table with the columns that are stored as given (not computed by the database)."""
    found = live.execute(
        "SELECT t.table_name, c.column_name FROM information_schema.tables t JOIN information_schema.columns c"
        " USING (table_schema, table_name) WHERE t.table_schema = %s AND t.table_type = 'BASE TABLE'"
        " AND c.is_generated = 'NEVER' ORDER BY 1, c.ordinal_position",
        [schema],
    )
    columns: dict[str, list[str]] = {}
    for table, column in found:
        columns.setdefault(table, []).append(column)
    return columns


def copying(table: str, columns: list[str], direction: str) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) {}").format(sql.Identifier(table), names, sql.SQL(direction))


def save(folder: Path) -> Manifest:
    """Everything as it was when the first statement ran; others go on reading and writing."""
    (folder / "tables").mkdir()
    with connect() as live:
        live.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        live.read_only = True
        manifest = Manifest("postgresql", str(live.info.server_version), columns=tables(live))
        for table, columns in manifest.columns.items():
            with (folder / "tables" / f"{table}.copy").open("wb") as file, live.cursor() as cursor:
                with cursor.copy(copying(table, columns, "TO STDOUT")) as rows:
                    file.writelines(rows)
                manifest.rows[table] = cursor.rowcount
        numbers = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
        manifest.sequences = {name: value for name, value in live.execute(numbers) if value is not None}
        for app, migration in live.execute("SELECT app, name FROM django_migrations ORDER BY id"):
            manifest.migrations.setdefault(app, []).append(migration)
    return manifest


def is_empty() -> bool:
    """Nobody has an account there yet."""
    with connect() as live:
        if "accounts_user" not in tables(live):
            return True
        return live.execute("SELECT 1 FROM accounts_user LIMIT 1").fetchone() is None


def stage(folder: Path, manifest: Manifest) -> None:
    """Build everything in a schema beside the live one, in a process that sees only that."""
    with connect(autocommit=True) as live:
        strangers = set(tables(live)) - set(manifest.columns) - set(connection.introspection.django_table_names())
        if strangers:
            raise Unusable(f"The database holds tables that are not Corale's: {', '.join(sorted(strangers))}")
        live.execute(f"DROP SCHEMA IF EXISTS {NEXT} CASCADE")
        live.execute(f"CREATE SCHEMA {NEXT}")
    words = [sys.executable, "-m", "corale", "stage", str(folder)]
    if subprocess.run(words, env={**os.environ, "DATABASE_URL": beside()}, check=False).returncode:  # noqa: S603
        raise Unusable("The backup cannot be brought into this database.")


def beside() -> str:
    """DATABASE_URL for a connection that sees the new schema only."""
    url = os.environ["DATABASE_URL"]
    return f"{url}{'&' if urlsplit(url).query else '?'}options={quote(f'-csearch_path={NEXT}')}"


def swap(folder: Path) -> None:
    """One transaction: whoever reads waits for a moment and then reads the restored tables."""
    with connect() as live:
        live.execute("SET LOCAL lock_timeout = '30s'")
        live.execute(f"DROP SCHEMA IF EXISTS {OLD} CASCADE")
        live.execute(f"ALTER SCHEMA public RENAME TO {OLD}")
        live.execute(f"ALTER SCHEMA {NEXT} RENAME TO public")
        live.execute(f"DROP SCHEMA {OLD} CASCADE")
