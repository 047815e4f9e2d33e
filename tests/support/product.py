"""The real product, started as a stranger starts it, with a data folder and a database of its own."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.support.ports import free_port

PATIENCE = 90
TIED = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
"""It goes when we go, even when we are killed."""


@dataclass(frozen=True)
class Product:
    """Where it answers, the link it printed, and where it keeps its things."""

    url: str
    link: str
    data: Path
    process: subprocess.Popen[str]


@contextmanager
def running(
    data: Path, database_url: str = "", *, options: tuple[str, ...] = ("--no-demo", "--workers", "1"),
    python: str = sys.executable, environment: Mapping[str, str] | None = None, port: int = 0,
) -> Iterator[Product]:  # fmt: skip
    """`corale up`, until the block ends. An empty `database_url` is the SQLite of the data folder; port 0 is a free
    one."""
    port = port or free_port()
    given = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "CORALE_URL"}}
    given |= {"CORALE_DATA": str(data), "PORT": str(port), "CORALE_ALLOW_LOOPBACK": "1"}
    given |= {"DJANGO_SETTINGS_MODULE": "corale.project.settings", **(environment or {})}
    given |= {"DATABASE_URL": database_url} if database_url else {}
    data.mkdir(parents=True, exist_ok=True)
    with (data / "product.log").open("w") as log:
        process = subprocess.Popen(
            [*TIED, python, "-m", "corale", "up", "--no-open", *options],
            env=given, cwd=data, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
        try:
            yield Product(f"http://localhost:{port}", _link(process, data / "product.log"), data, process)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _link(process: subprocess.Popen[str], log: Path) -> str:
    """What follows `Corale: `, printed once the first page can be had."""
    assert process.stdout is not None
    lines: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_read, args=(process.stdout, lines), daemon=True).start()
    try:
        while line := lines.get(timeout=PATIENCE):
            if line.startswith("Corale: "):
                return line.removeprefix("Corale: ").strip()
    except queue.Empty:
        pass
    raise RuntimeError(f"Corale did not start:\n{log.read_text()[-4000:]}")


def _read(stream: IO[str], lines: queue.Queue[str]) -> None:
    for line in stream:
        lines.put(line)
    lines.put("")
