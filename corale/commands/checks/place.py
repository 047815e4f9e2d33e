"""Where everything is kept: the folder, the space, the tables."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from corale.commands.checks import Finding

SCARCE, TOO_LITTLE = 2e9, 2e8


def folder() -> Iterator[Finding]:
    data = Path(settings.CORALE_DATA)
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        yield Finding("folder", "bad", f"{data} cannot be written", "Give it to the user that runs Corale.")
        return
    open_to_others = [
        str(path) for path in (data, data / "secret.key") if path.exists() and path.stat().st_mode & 0o077
    ]
    if open_to_others:
        names = " ".join(open_to_others)
        yield Finding("folder", "warn", f"other users of this machine can read {names}", f"chmod go= {names}")
    else:
        yield Finding("folder", "ok", f"{data}, for its owner only")


def disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.CORALE_DATA).free
    words = f"{free / 1e9:.1f} GB free"
    if free < TOO_LITTLE:
        yield Finding("disk", "bad", words, "Messages cannot be kept much longer: make room now.")
    elif free < SCARCE:
        yield Finding("disk", "warn", words, "Make room: a backup needs as much again as the database.")
    else:
        yield Finding("disk", "ok", words)


def migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        words = f"{len(pending)} migrations were not run"
        yield Finding("tables", "bad", words, "Start with `corale up`, or run `corale manage migrate`.")
    else:
        yield Finding("tables", "ok", "as this version needs them")


def whole() -> Iterator[Finding]:
    """SQLite's own look at every page; takes a while. PostgreSQL does this by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check")
            [answer] = cursor.fetchone() or ["no answer"]
        advice = "" if answer == "ok" else "Restore the last good backup (corale restore), and keep this file."
        yield Finding("file", "bad" if advice else "ok", f"quick_check: {answer}", advice)
