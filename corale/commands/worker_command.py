"""`corale worker`: background work, the schedule, and the loops that listen to channels."""

from __future__ import annotations

import argparse
import os
import signal
from collections.abc import Sequence

from corale.project.lifeline import end_with_parent
from corale.project.sparing import leave_out, settle_down


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="corale worker", description=__doc__)
    parser.add_argument("--threads", type=int, default=int(os.environ.get("CORALE_THREADS", "4")))
    parser.add_argument(
        "--lease",
        type=float,
        default=float(os.environ.get("CORALE_LEASE", "60")),
        help="seconds after which the work of a worker that fell silent is taken back",
    )
    parser.add_argument("--no-loops", action="store_true", help="do not listen to channels, do not run the schedule")
    options = parser.parse_args(argv)
    end_with_parent()
    run(options.threads, options.lease, loops=not options.no_loops)
    return 0


def run(threads: int, lease: float, *, loops: bool) -> None:
    leave_out()
    import django

    django.setup()
    from corale.jobs.loops import loops as registered
    from corale.jobs.worker import Worker
    from corale.project.schedule import SCHEDULE

    worker = Worker(threads=threads, lease=lease, loops=registered if loops else {}, schedule=SCHEDULE if loops else [])
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: worker.stop())
    settle_down()
    worker.run()
