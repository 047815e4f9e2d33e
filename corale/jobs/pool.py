"""The threads of a worker: they run jobs and put outcomes on a pile that the worker writes down."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue

from django.db import connections

from corale.jobs.claim import BATCH, Claimed
from corale.jobs.outcome import Outcome
from corale.jobs.run import run

QUICK = 0.05
"""Jobs shorter than this are claimed in batches; longer ones only as threads are free, so that others can take them."""


class Pool:
    """Keeps at most one batch in hand; `wake` is called when the worker should look again."""

    def __init__(self, threads: int, wake: Callable[[], None]) -> None:
        self.threads, self._wake = threads, wake
        self._todo: SimpleQueue[Claimed | None] = SimpleQueue()
        self._outcomes: deque[Outcome] = deque()
        self._waiting: dict[int, Claimed] = {}
        self._running: dict[int, Claimed] = {}
        self._usual = 1.0
        self._lock = threading.Lock()
        for number in range(threads):
            threading.Thread(target=self._work, name=f"job {number}", daemon=True).start()

    def room(self) -> int:
        """How many more jobs to claim now."""
        held = len(self._waiting) + len(self._running)
        free = max(0, self.threads - held)
        return BATCH if free and self._usual < QUICK else free

    def add(self, jobs: list[Claimed]) -> None:
        with self._lock:
            self._waiting.update({job.id: job for job in jobs})
        for job in jobs:
            self._todo.put(job)

    def outcomes(self) -> list[Outcome]:
        return [self._outcomes.popleft() for _ in range(len(self._outcomes))]

    def put_back(self, outcomes: list[Outcome]) -> None:
        """They could not be written down now; they are not forgotten."""
        self._outcomes.extendleft(reversed(outcomes))

    @property
    def is_idle(self) -> bool:
        return not (self._waiting or self._running or self._outcomes)

    def withdraw(self) -> list[Claimed]:
        """Take back what no thread has begun."""
        with self._lock:
            taken, self._waiting = list(self._waiting.values()), {}
        return taken

    def unfinished(self) -> list[Claimed]:
        with self._lock:
            return list(self._running.values())

    def _begin(self, job: Claimed) -> bool:
        with self._lock:
            if self._waiting.pop(job.id, None) is None:
                return False
            self._running[job.id] = job
            return True

    def _work(self) -> None:
        while (job := self._todo.get()) is not None:
            if not self._begin(job):
                continue
            began = time.monotonic()
            outcome = run(job)
            self._usual = 0.9 * self._usual + 0.1 * (time.monotonic() - began)
            with self._lock:
                self._outcomes.append(outcome)
                self._running.pop(job.id, None)
            if len(self._waiting) + len(self._running) < self.threads or len(self._outcomes) >= BATCH:
                self._wake()
        connections.close_all()

    def close(self) -> None:
        for _ in range(self.threads):
            self._todo.put(None)
