"""SQLite's side of backup and restore: its own backup interface, both ways, while others read and write."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from django.db import connection

from corale.commands.archive.manifest import Manifest, Unusable

FILE = "database.sqlite3"


def live_file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def save(folder: Path) -> Manifest:
    """One step, so that no writer can make it begin again; readers and writers go on meanwhile (WAL)."""
    with closing(sqlite3.connect(live_file(), timeout=60)) as live, closing(sqlite3.connect(folder / FILE)) as copy:
        live.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")
        tables = [
            name
            for (name,) in copy.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                " AND sql NOT LIKE 'CREATE VIRTUAL%'"
            )
        ]
        manifest = Manifest("sqlite", sqlite3.sqlite_version)
        manifest.rows = {name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608
        for app, migration in copy.execute("SELECT app, name FROM django_migrations ORDER BY id"):
            manifest.migrations.setdefault(app, []).append(migration)
    return manifest


def is_empty() -> bool:
    """Nobody has an account there yet."""
    if not live_file().is_file():
        return True
    with closing(sqlite3.connect(live_file())) as live:
        try:
            return not live.execute("SELECT 1 FROM accounts_user LIMIT 1").fetchone()
        except sqlite3.OperationalError:
            return True


def stage(folder: Path, manifest: Manifest) -> None:
    """Check the copy and bring it up to this version's tables, still beside the live file."""
    copy = folder / FILE
    with closing(sqlite3.connect(copy)) as database:
        if database.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise Unusable("The database in the backup is damaged.")
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{copy}"}
    words = [sys.executable, "-m", "corale", "manage", "migrate", "--verbosity", "0", "--no-input"]
    if subprocess.run(words, env=environment, check=False).returncode:  # noqa: S603
        raise Unusable("The database in the backup cannot be brought up to this version.")
    with closing(sqlite3.connect(copy)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def swap(folder: Path) -> None:
    """Into the live file, as one transaction: others see all of the old or all of the new, and go on."""
    target = live_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / FILE)) as copy, closing(sqlite3.connect(target, timeout=60)) as live:
        live.execute("PRAGMA journal_mode=WAL")
        copy.backup(live, pages=-1)
