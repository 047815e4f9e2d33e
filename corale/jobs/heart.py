"""The heart of a worker: every third of a lease it says that we live, renews what we hold, takes back what was lost."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from corale.jobs.loops import Keeper
from corale.jobs.models import Job, Worker
from corale.jobs.recover import recover

log = logging.getLogger(__name__)


class Heart(threading.Thread):
    """A thread of its own, so that a long job or a slow disk in another thread costs no lease."""

    def __init__(
        self, me: str, *, lease: float, threads: int, keepers: Sequence[Keeper], wake: Callable[[], None]
    ) -> None:
        super().__init__(name="heart", daemon=True)
        self._me, self._lease, self._threads = me, lease, threads
        self._keepers, self._wake = keepers, wake
        self._began = timezone.now()
        self._stopping = threading.Event()

    def run(self) -> None:
        while not self._stopping.wait(self._lease / 3):
            try:
                self.beat()
            except Exception:
                log.warning("a heartbeat failed", exc_info=True)
                connection.close_if_unusable_or_obsolete()
        connection.close()

    def beat(self) -> None:
        now = timezone.now()
        Job.objects.running().filter(worker=self._me).update(lease_until=now + timedelta(seconds=self._lease))
        Worker.objects.update_or_create(
            id=self._me, defaults={"seen_at": now, "threads": self._threads, "started_at": self._began}
        )
        for keeper in self._keepers:
            keeper.beat()
        if recover(self._me):
            self._wake()

    def stop(self) -> None:
        self._stopping.set()
