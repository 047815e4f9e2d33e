"""`corale web`: the pages and the live updates, in a few processes behind one port."""

from __future__ import annotations

import argparse
import os
import warnings
from collections.abc import Sequence

from corale.project.lifeline import be_a_parent, end_with_parent
from corale.project.sparing import leave_out

KILL_AFTER = 3
"""Seconds after which a web process that does not end is ended."""

STREAMS = 4000
"""Open pages for each process, above which new requests wait."""


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="corale web", description=__doc__)
    parser.add_argument("--host", default=os.environ.get("CORALE_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--workers", type=int, default=2, help="web processes")
    options = parser.parse_args(argv)
    os.environ["PORT"] = str(options.port)
    end_with_parent()
    be_a_parent()
    serve(options.host, options.port, options.workers)
    return 0


def serve(host: str, port: int, workers: int) -> None:
    """Until told to stop. A web process that dies is started again by granian."""
    # In a clone static files are served from where they are written. Web processes are forked from this one.
    warnings.filterwarnings("ignore", "No directory at")
    leave_out()
    from granian import Granian
    from granian.constants import Interfaces, Loops
    from granian.log import LogLevels

    Granian(
        "corale.project.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        loop=Loops.asyncio,
        workers=workers,
        blocking_threads=1,
        runtime_threads=1,
        runtime_blocking_threads=8,
        backpressure=STREAMS,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=KILL_AFTER,
        log_level=LogLevels.warning,
    ).serve()
