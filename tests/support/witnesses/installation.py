"""The witnesses have a virtual environment of their own beside the other servers: their dependencies are not ours."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from tests.support.atproto.installation import alone
from tests.support.atproto.installation import cache as beside

HERE = Path(__file__).resolve().parent
REQUIREMENTS = HERE / "requirements.txt"


def cache() -> Path:
    """Beside the other servers: CORALE_TEST_CACHE, or a folder in the clone."""
    return beside().with_name("witnesses")


def installed() -> Path:
    """The folder of their programs (`feditest`, `python`); installs them when they are missing or other than wanted."""
    folder = cache()
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()
    stamp = folder / "installed"
    with alone(folder / "install.lock"):
        if not stamp.is_file() or stamp.read_text() != wanted:
            _install(folder / "venv")
            stamp.write_text(wanted)
    return folder / "venv/bin"


def _install(venv: Path) -> None:
    """With uv where there is one, which takes seconds."""
    named = (HERE / "requirements.in").read_text().split()
    print(f"installing from PyPI: {', '.join(named)}", file=sys.stderr, flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(venv)], check=True)
    what = ["--require-hashes", "-r", str(REQUIREMENTS)]
    uv = Path(sys.executable).with_name("uv")
    if uv.is_file():
        command = [str(uv), "pip", "install", "--quiet", "--python", str(venv / "bin/python"), *what]
        if subprocess.run(command, check=False).returncode == 0:
            return
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(venv / "bin/python"), "install", "--quiet", *what], check=True
    )


if __name__ == "__main__":
    print(installed())
