"""`make fediverse`: Corale and other servers behind TLS on loopback, until Ctrl-C. Nothing is left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.fediverse.home import CORALE
from tests.support.fediverse.lan import Lan, lan
from tests.support.fediverse.peer import HOSTS, peer
from tests.support.ports import free_port
from tests.support.processes import ROOT
from tests.support.product import running

TURN_ON = """
from corale.adapters.activitypub import own
own.enable(name="molino", display_name="Molino", language="it")
"""
WORDS = """
{corale}  is Corale, with the demo company; @molino@{host} is on the fediverse.
{others}
are servers built on Fedify, each with whatever people you name.

A browser that knows these names (and nothing else of this machine changes):
  chromium --user-data-dir={folder}/browser --ignore-certificate-errors \\
    --host-resolver-rules='MAP *.test {address}' {link}

Somebody there, who follows and speaks; and what their server has heard:
  curl -s {control}/user -d '{{"host": "{peer}", "name": "eve"}}'
  curl -s {control}/send -d '{{"host": "{peer}", "name": "eve", "to": ["{corale}/actors/molino"], "activity":
    {{"id": "https://{peer}/follow/1", "type": "Follow", "actor": "https://{peer}/users/eve",
     "object": "{corale}/actors/molino"}}}}'
  curl -s '{control}/log?host={peer}'

Ctrl-C ends everything.
"""


def main() -> None:
    """Until somebody has seen enough."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    ours, theirs = free_port(), free_port()
    with (
        tempfile.TemporaryDirectory(prefix="corale-fediverse-") as name,
        lan(folder := Path(name), {CORALE: ours, **dict.fromkeys(HOSTS, theirs)}) as network,
        peer(folder / "peer", network, theirs),
        contextlib.suppress(KeyboardInterrupt),
    ):
        given = network.environment | {"CORALE_URL": network.url(CORALE)}
        with running(folder / "data", options=(), environment=given, port=ours) as product:
            turn_on(folder / "data", given)
            print(words(network, folder, theirs, product.link), flush=True)
            product.process.wait()


def turn_on(data: Path, given: dict[str, str]) -> None:
    """Gives the demo company its place there."""
    environment = os.environ | given | {"CORALE_DATA": str(data), "CORALE_ALLOW_LOOPBACK": "1"}
    command = [sys.executable, "-m", "corale", "manage", "shell", "-v0", "-c", TURN_ON]
    subprocess.run(command, env=environment, cwd=ROOT, check=True, stdin=subprocess.DEVNULL)


def words(network: Lan, folder: Path, port: int, link: str) -> str:
    """What one can do now."""
    return WORDS.format(
        corale=network.url(CORALE), host=network.host(CORALE), folder=folder, address=network.address, link=link,
        others=", ".join(network.url(each) for each in HOSTS), peer=network.host(next(iter(HOSTS))),
        control=f"http://127.0.0.1:{port}/_",
    )  # fmt: skip


if __name__ == "__main__":
    main()
