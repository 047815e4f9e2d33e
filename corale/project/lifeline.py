"""Ending with one's parent: a process whose parent was killed must not stay behind and hold the port or a lease."""

from __future__ import annotations

import os
import signal
import threading

LOOK = 0.5


def end_with_parent(after: float = 4.0) -> None:
    """From now on: a new parent means that ours died; ask ourselves to stop, and insist after a few seconds."""
    if os.environ.get("CORALE_SUPERVISED"):
        threading.Thread(target=_watch, args=(os.getppid(), after), name="lifeline", daemon=True).start()


def _watch(parent: int, after: float) -> None:
    waiting = threading.Event()
    while os.getppid() == parent:
        waiting.wait(LOOK)
    os.kill(os.getpid(), signal.SIGTERM)
    waiting.wait(after)
    os._exit(1)
