"""A running network, shared by all test processes of one run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.support.atproto.installation import REPOSITORY, alone


@dataclass(frozen=True)
class Network:
    """Where the servers listen. `appview` is empty for the data server that is alone."""

    plc: str
    pds: str
    appview: str
    keeper: str


def running(shared: Path, *, watch: int, limits: bool = False) -> Network:
    """The network of this run: the first who asks starts it. It ends when the process `watch` does.

    `shared` is a folder that all test processes of the run see.
    """
    noted = shared / ("atproto-limits.json" if limits else "atproto.json")
    with alone(noted.with_suffix(".lock")):
        if not noted.is_file():
            noted.write_text(json.dumps(_start(watch, limits=limits)))
    return Network(**json.loads(noted.read_text()))


def _start(watch: int, *, limits: bool) -> dict[str, str]:
    folder = Path(tempfile.mkdtemp(prefix="corale-atproto-"))
    command = [sys.executable, "-m", "tests.support.atproto.keeper", str(folder), "--watch", str(watch)]
    with (folder / "keeper.log").open("wb") as log:
        keeper = subprocess.Popen(
            [*command, *(["--limits"] if limits else [])],
            cwd=REPOSITORY, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    ready = folder / "network.json"
    while not ready.is_file():
        if keeper.poll() is not None:
            raise RuntimeError("the AT Protocol servers did not start:\n" + (folder / "keeper.log").read_text()[-4000:])
        time.sleep(0.05)
    found: dict[str, str] = json.loads(ready.read_text())
    return found


def controller() -> int:
    """The process that lives as long as the run: the one that started the test processes, or this one."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
