"""The peer is installed once into a cache folder; a stamp says that it is done."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

from tests.support.atproto.installation import alone
from tests.support.atproto.installation import cache as beside

HERE = Path(__file__).resolve().parent
BROUGHT_BY = (HERE / "install.sh", HERE / "peer/package-lock.json")


def cache() -> Path:
    """Beside the other servers: CORALE_TEST_CACHE, or a folder in the clone."""
    return beside().with_name("fediverse")


def installed() -> Path:
    """The folder with Node and Fedify; installs them when they are missing or other than wanted."""
    folder = cache()
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in BROUGHT_BY)).hexdigest()
    stamp = folder / "installed"
    with alone(folder / "install.lock"):
        if not stamp.is_file() or stamp.read_text() != wanted:
            subprocess.run(["bash", str(HERE / "install.sh"), str(folder)], check=True)
            stamp.write_text(wanted)
    return folder


if __name__ == "__main__":
    print(installed())
