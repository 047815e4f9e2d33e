"""A worker: claims jobs, lets its threads run them, writes the outcomes down; keeps loops and the schedule going."""

from __future__ import annotations

import logging
import threading
import time

from django.db import connection
from django.utils import timezone

from corale.jobs.claim import claim, is_due
from corale.jobs.enqueue import CHANNEL
from corale.jobs.heart import Heart
from corale.jobs.identity import new_identity
from corale.jobs.loops import Keeper, Loop
from corale.jobs.models import Worker as Row
from corale.jobs.outcome import Outcome
from corale.jobs.pool import Pool
from corale.jobs.recurring import Line, Schedule
from corale.jobs.settle import settle
from corale.store.bus import listen

log = logging.getLogger(__name__)
POLL = 0.3
"""Seconds between two looks at the queue when nothing woke us."""

GRACE = 3.0
"""Seconds that running jobs get to end when the worker is told to stop; then they wait again, for another worker."""


class Worker:
    """One process. `run` returns after `stop`, which may be called from a signal."""

    def __init__(
        self,
        *,
        threads: int = 4,
        lease: float = 60,
        loops: dict[str, Loop] | None = None,
        schedule: list[Line] | None = None,
    ) -> None:
        self.me = new_identity()
        self._lease = lease
        self._stopping = threading.Event()
        self._woken = threading.Event()
        self._notified = True
        self._pool = Pool(threads, self._woken.set)
        self._schedule = Schedule(schedule or [])
        self._keepers = [
            Keeper(name, loop, me=self.me, lease=lease, stopping=self._stopping) for name, loop in (loops or {}).items()
        ]
        self._heart = Heart(self.me, lease=lease, threads=threads, keepers=self._keepers, wake=self._notice)

    def run(self) -> None:
        self._heart.beat()
        threading.Thread(target=self._listen, name="bus", daemon=True).start()
        for thread in (self._heart, *self._keepers):
            thread.start()
        looked = ticked = 0.0
        while not self._stopping.is_set():
            self._woken.wait(POLL)
            self._woken.clear()
            now = time.monotonic()
            try:
                if now - ticked >= 1:
                    ticked = now
                    self._schedule.tick()
                if self._notified or now - looked >= POLL or not self._pool.is_idle:
                    looked, self._notified = now, False
                    self._turn()
            except Exception:
                log.warning("the queue could not be read", exc_info=True)
                connection.close_if_unusable_or_obsolete()
                self._stopping.wait(1)
        self._end()

    def stop(self) -> None:
        self._stopping.set()
        self._woken.set()

    def _turn(self) -> None:
        """Write down what is finished and take what there is room for."""
        if outcomes := self._pool.outcomes():
            try:
                settle(self.me, outcomes)
            except Exception:
                self._pool.put_back(outcomes)
                raise
        room = self._pool.room()
        if room and is_due():
            jobs = claim(self.me, room, lease=self._lease)
            self._pool.add(jobs)
            if jobs:
                self._notified = True

    def _notice(self) -> None:
        self._notified = True
        self._woken.set()

    def _listen(self) -> None:
        listener = listen(CHANNEL)
        while not self._stopping.is_set():
            if listener.wait(1.0):
                self._notice()
        listener.close()

    def _end(self) -> None:
        """Give back what nobody began, wait a little for what runs, and leave no lease behind."""
        for keeper in self._keepers:
            keeper.stop()
        given_back = [Outcome(job, "waiting", run_after=timezone.now(), counted=False) for job in self._pool.withdraw()]
        deadline = time.monotonic() + GRACE
        while time.monotonic() < deadline and self._pool.unfinished():
            time.sleep(0.02)
        for keeper in self._keepers:
            keeper.join(max(0.1, deadline - time.monotonic()))
        cut_off = [Outcome(job, "waiting", "The worker was stopped.") for job in self._pool.unfinished()]
        settle(self.me, [*self._pool.outcomes(), *given_back, *cut_off])
        self._heart.stop()
        self._pool.close()
        Row.objects.filter(id=self.me).delete()
