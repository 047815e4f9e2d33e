"""Ending with one's parent: a process whose parent was killed must not stay behind and hold the port or a lease."""

from __future__ import annotations

import os
import signal
import threading

LOOK = 0.5


def end_with_parent(after: float = 4.0) -> None:
    """From now on: when the process that CORALE_PARENT names is not our parent, ask ourselves to stop, and insist.

    The parent says its own number: asked later, the system may already name another.
    """
    if parent := os.environ.get("CORALE_PARENT"):
        threading.Thread(target=_watch, args=(int(parent), after), name="lifeline", daemon=True).start()


def be_a_parent() -> None:
    """What we start from now on ends with us."""
    os.environ["CORALE_PARENT"] = str(os.getpid())


def _watch(parent: int, after: float) -> None:
    waiting = threading.Event()
    while os.getppid() == parent:
        waiting.wait(LOOK)
    os.kill(os.getpid(), signal.SIGTERM)
    waiting.wait(after)
    os._exit(1)
