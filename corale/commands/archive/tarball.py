"""Packing and unpacking. Only plain files with names we know come out of an archive."""

from __future__ import annotations

import io
import os
import re
import shutil
import tarfile
from pathlib import Path

from corale.commands.archive.manifest import NAME, Manifest, Unusable, checksum

MEMBER = re.compile(r"(manifest\.json|secret\.key|database\.sqlite3|tables/[a-z0-9_]+\.copy|media/.+)")


def pack(target: Path, folder: Path, media: Path, key: Path, manifest: Manifest) -> None:
    """Write `folder`, the media and the key; the archive appears under its name only when it is complete."""
    partial = target.with_name(f".{target.name}.part")
    mode = "w:gz" if target.suffix in {".gz", ".tgz"} else "w"
    with open(os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as raw:
        with tarfile.open(fileobj=raw, mode=mode) as archive:  # type: ignore[call-overload]
            for path in sorted(file for file in folder.rglob("*") if file.is_file()):
                _add(archive, manifest, path, str(path.relative_to(folder)))
            for path in sorted(file for file in media.rglob("*") if file.is_file()):
                _add(archive, manifest, path, f"media/{path.relative_to(media)}")
            if key.is_file():
                _add(archive, manifest, key, "secret.key")
            body = manifest.dumps()
            entry = tarfile.TarInfo(NAME)
            entry.size = len(body)
            archive.addfile(entry, io.BytesIO(body))
        raw.flush()
        os.fsync(raw.fileno())
    partial.replace(target)


def _add(archive: tarfile.TarFile, manifest: Manifest, path: Path, name: str) -> None:
    manifest.files[name] = checksum(path)
    archive.add(path, name, recursive=False)


def unpack(source: Path, folder: Path) -> Manifest:
    """Into an empty folder; verified before anybody uses it."""
    try:
        with tarfile.open(source) as archive:
            for entry in archive:
                _extract(archive, entry, folder)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise Unusable(f"{source} cannot be read as a backup: {error}") from error
    return Manifest.read(folder)


def _extract(archive: tarfile.TarFile, entry: tarfile.TarInfo, folder: Path) -> None:
    parts = Path(entry.name).parts
    body = archive.extractfile(entry) if entry.isreg() else None
    if body is None or ".." in parts or not MEMBER.fullmatch(entry.name):
        raise Unusable(f"The backup holds something that is not Corale's: {entry.name}")
    path = folder.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(body, file, 1 << 20)
