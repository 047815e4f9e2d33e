"""The peer: servers built on Fedify, which this project did not write. Each name is a server of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.support.atproto.keeper import end
from tests.support.fediverse.installation import HERE, installed
from tests.support.fediverse.lan import Lan
from tests.support.product import TIED

CAVAGE, RFC9421 = "draft-cavage-http-signatures-12", "rfc9421"
HOSTS = {"fedify.test": RFC9421, "knock.test": CAVAGE, "strict.test": f"{CAVAGE}+secure"}
"""Each with the signature it tries first; the last one answers only those who sign."""


@dataclass
class Peer:
    """How the tests talk to it, past the network."""

    port: int
    lan: Lan
    http: httpx.Client = field(repr=False)

    def ask(self, what: str, host: str, **asked: Any) -> dict[str, Any]:
        """One of the verbs of control.mjs."""
        answer = self.http.post(f"/_/{what}", json={"host": self.lan.host(host), **asked})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def log(self, host: str) -> dict[str, list[dict[str, Any]]]:
        """What a server heard (`activities`), was asked (`requests`), and stumbled over (`errors`)."""
        return dict(self.http.get("/_/log", params={"host": self.lan.host(host)}).json())


@contextmanager
def peer(folder: Path, network: Lan, port: int) -> Iterator[Peer]:
    """Runs until the block ends."""
    home = installed()
    folder.mkdir(parents=True, exist_ok=True)
    for file in (HERE / "peer").glob("*.mjs"):
        shutil.copy(file, folder)  # Node looks for packages beside the real file
    (folder / "node_modules").symlink_to(home / "node_modules")
    hosts = ",".join(f"{network.host(name)}={how}" for name, how in HOSTS.items())
    given = os.environ | network.environment | {"PORT": str(port), "HOSTS": hosts}
    with (folder / "peer.log").open("wb") as log:
        process = subprocess.Popen(
            [*TIED, str(home / "node22/bin/node"), "server.mjs"],
            cwd=folder, env=given, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log,
        )  # fmt: skip
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line:
                raise RuntimeError("the peer did not start:\n" + (folder / "peer.log").read_text()[-4000:])
            assert json.loads(line) == {"ready": port}
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False) as client:
                yield Peer(port, network, client)
        finally:
            end(process)
