"""Loops that listen for as long as the product runs; one holder at a time over all workers.

    register("channels.listen", listen)         # in apps.py

    def listen(stop: threading.Event) -> None:
        while not stop.is_set(): …

A loop that ends or breaks is started again after a pause; a holder that dies is followed by another.
"""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable

from django.db import connection

from corale.jobs.leases import give_back, note, renew, take
from corale.jobs.outcome import backoff

log = logging.getLogger(__name__)
Loop = Callable[[threading.Event], None]
loops: dict[str, Loop] = {}


def register(name: str, run: Loop) -> None:
    loops[name] = run


class Keeper(threading.Thread):
    """Waits for the lease of one loop, runs it while the lease is ours, and lets go when told."""

    def __init__(self, name: str, run: Loop, *, me: str, lease: float, stopping: threading.Event) -> None:
        super().__init__(name=f"loop {name}", daemon=True)
        self.loop_name, self._run, self._me, self._lease = name, run, me, lease
        self._stopping = stopping
        self._stop_loop = threading.Event()
        self._held = False
        self._failures = 0

    def run(self) -> None:
        while not self._stopping.is_set():
            pause = self._lease / 3
            try:
                if take(self.loop_name, self._me, self._lease):
                    pause = self._listen()
            except Exception:
                log.warning("loop %s: the lease could not be taken", self.loop_name, exc_info=True)
                connection.close_if_unusable_or_obsolete()
            self._stopping.wait(pause)
        connection.close()

    def _listen(self) -> float:
        """Run until it ends; the pause before the next time."""
        self._stop_loop.clear()
        self._held, problem = True, ""
        try:
            self._run(self._stop_loop)
            self._failures = 0
        except Exception:
            self._failures += 1
            problem = traceback.format_exc(limit=-8)
            log.warning("loop %s broke", self.loop_name, exc_info=True)
            connection.close_if_unusable_or_obsolete()
        finally:
            self._held = False
            give_back(self.loop_name, self._me, problem)
        return min(60.0, backoff(self._failures)) if problem else 1.0

    def beat(self) -> None:
        """Called every third of a lease by the heart of the worker."""
        if self._held and not renew(self.loop_name, self._me, self._lease):
            self._stop_loop.set()
        elif self._held and self._failures:
            self._failures = 0
            note(self.loop_name, self._me, "")

    def stop(self) -> None:
        self._stop_loop.set()
