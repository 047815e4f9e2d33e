"""`corale restore FILE`: everything from a backup, in place of what is here. All of it, or nothing.

Corale may run meanwhile: it goes on with the restored data and its processes are started anew, because the secret key
and whatever they remember may be another. On SQLite the copy goes into the live file through SQLite's backup interface,
as one transaction; on PostgreSQL two schemas change names in one. Open pages lose at most what was being written.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from corale.commands.archive.manifest import Manifest, Unusable
from corale.project.supervisor import running


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="corale restore", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--replace", action="store_true", help="also when somebody already works here")
    options = parser.parse_args(argv)
    try:
        manifest = restore(options.file, replace=options.replace)
    except Unusable as problem:
        print(f"corale: {problem} Nothing was changed.", file=sys.stderr)
        return 1
    print(f"Restored {sum(manifest.rows.values())} rows of {manifest.made_at} (Corale {manifest.corale}).")
    return 0


def restore(file: Path, *, replace: bool) -> Manifest:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from corale.commands.archive import postgres, sqlite
    from corale.commands.archive.tarball import unpack

    engine = postgres if connection.vendor == "postgresql" else sqlite
    if not replace and not engine.is_empty():
        raise Unusable("There are accounts here already: --replace puts the backup in their place.")
    data = Path(settings.CORALE_DATA)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=data) as name:
        folder = Path(name)
        manifest = unpack(file, folder)
        fits(manifest, connection.vendor)
        engine.stage(folder, manifest)
        engine.swap(folder)
        exchange(folder / "media", Path(settings.MEDIA_ROOT))
        if (folder / "secret.key").is_file():
            (folder / "secret.key").replace(data / "secret.key")
    if pid := running(data / "corale.pid"):
        os.kill(pid, signal.SIGHUP)
    return manifest


def fits(manifest: Manifest, vendor: str) -> None:
    """Made on the same kind of database, by this version or an older one."""
    from django.db.migrations.loader import MigrationLoader

    if manifest.engine != vendor:
        raise Unusable(f"This backup was made on {manifest.engine}; here Corale keeps its data in {vendor}.")
    known = set(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)
    ours = {app for app, _ in known}
    told = {(app, name) for app, names in manifest.migrations.items() for name in names if app in ours}
    if told - known:
        raise Unusable(f"This backup was made by a newer Corale ({manifest.corale}).")


def exchange(new: Path, old: Path) -> None:
    """`old` becomes `new` by two renames; without media in the backup there are none afterwards."""
    away = old.with_name(f".{old.name}.old")
    shutil.rmtree(away, ignore_errors=True)
    new.mkdir(exist_ok=True)
    if old.exists():
        old.replace(away)
    new.replace(old)
    shutil.rmtree(away, ignore_errors=True)
