"""The servers are installed once into a cache folder; a stamp says that it is done."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[2]


def cache() -> Path:
    """CORALE_TEST_CACHE, or a folder in the clone."""
    return Path(os.environ.get("CORALE_TEST_CACHE") or REPOSITORY / ".test").expanduser().resolve() / "atproto"


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """One process at a time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def installed() -> Path:
    """The folder with the servers; installs them when they are missing or other than wanted."""
    folder = cache()
    wanted = hashlib.sha256((HERE / "package-lock.json").read_bytes() + (HERE / "install.sh").read_bytes()).hexdigest()
    stamp = folder / "installed"
    with alone(folder / "install.lock"):
        if not stamp.is_file() or stamp.read_text() != wanted:
            subprocess.run(["bash", str(HERE / "install.sh"), str(folder)], check=True)
            stamp.write_text(wanted)
    return folder


if __name__ == "__main__":
    print(installed())
