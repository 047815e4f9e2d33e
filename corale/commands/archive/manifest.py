"""The manifest: what an archive holds, made by which version, and the sum of every member."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corale import __version__

NAME = "manifest.json"
FORMAT = 1


class Unusable(Exception):
    """The archive cannot be used; the message is for a person."""


@dataclass
class Manifest:
    engine: str
    engine_version: str
    corale: str = __version__
    format: int = FORMAT
    made_at: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    migrations: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def dumps(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Of an unpacked archive; every member must be there, unchanged, and nothing else."""
        try:
            found: dict[str, Any] = json.loads((folder / NAME).read_text())
            manifest = cls(**found)
        except (OSError, ValueError, TypeError) as error:
            raise Unusable("This is not a backup of Corale, or it is not complete.") from error
        if manifest.format != FORMAT:
            raise Unusable(f"This backup was made by a newer Corale ({manifest.corale}).")
        present = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {NAME}
        if present != set(manifest.files):
            raise Unusable("The backup is not complete.")
        for name, expected in manifest.files.items():
            if checksum(folder / name) != expected:
                raise Unusable(f"The backup is damaged: {name} is not what it was.")
        return manifest


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
