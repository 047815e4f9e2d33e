"""`corale backup FILE`: everything Corale keeps, as it was at one moment, in one tar file. Corale may run meanwhile."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="corale backup", description=__doc__)
    parser.add_argument("file", type=Path, help="a .tar, or .tar.gz to compress it")
    parser.add_argument("--force", action="store_true", help="write over an older file")
    options = parser.parse_args(argv)
    if options.file.exists() and not options.force:
        print(f"corale: {options.file} exists already. Choose another name, or --force.", file=sys.stderr)
        return 1
    rows, size = backup(options.file)
    print(f"{options.file}: {rows} rows, {size / 1e6:.1f} MB. It holds the secret key: keep it as safe as the data.")
    return 0


def backup(file: Path) -> tuple[int, int]:
    """Rows and bytes written. The database first: what it refers to was written before and is still there."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from corale.commands.archive import postgres, sqlite
    from corale.commands.archive.tarball import pack

    engine = postgres if connection.vendor == "postgresql" else sqlite
    data = Path(settings.CORALE_DATA)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=data) as name:
        folder = Path(name)
        manifest = engine.save(folder)
        pack(file, folder, Path(settings.MEDIA_ROOT), data / "secret.key", manifest)
    return sum(manifest.rows.values()), file.stat().st_size
