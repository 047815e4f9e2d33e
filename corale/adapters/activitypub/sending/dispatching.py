"""The loop that sends: takes what is due, lets the crew send it, writes down what became of it, many at once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.db import connection

from corale.adapters.activitypub.sending.acting import woken
from corale.adapters.activitypub.sending.claiming import claim, is_due, take_over
from corale.adapters.activitypub.sending.crew import Crew
from corale.adapters.activitypub.sending.letters import letters
from corale.adapters.activitypub.sending.settling import settle
from corale.jobs.identity import new_identity

log = logging.getLogger(__name__)
POLL = 0.5
"""Seconds between two looks for what another process wrote."""

TURN = 0.05
"""Seconds between two turns while there is work: verdicts are gathered meanwhile."""

GRACE = 3.0


def dispatch(stop: threading.Event) -> None:
    """Until told to stop. One process at a time runs it (corale.jobs.loops)."""
    office = Office()
    take_over(office.me)
    try:
        while not stop.is_set():
            office.turn()
            if office.crew.is_idle:
                woken.wait(POLL)
            else:
                stop.wait(TURN)
            woken.clear()
    finally:
        office.close()


def drain(until: Callable[[], bool] = lambda: False) -> None:
    """Everything that is due, here and now; what is put off stays. For tests, and for whoever wants to see the end."""
    office = Office()
    office.turn()
    while not (office.crew.is_idle and not is_due()) and not until():
        office.came_in.wait(TURN)
        office.came_in.clear()
        office.turn()
    office.close(grace=0)


class Office:
    """The crew, and the name under which it holds what it sends."""

    def __init__(self) -> None:
        self.me = new_identity()
        self.came_in = threading.Event()
        self.crew = Crew(self.came_in.set)

    def turn(self) -> None:
        """Write down what came in, take what there is room for."""
        self._settle()
        room = self.crew.room()
        if room and is_due() and (claimed := claim(self.me, room)):
            self.crew.add(letters(claimed))
        self.crew.staff()

    def _settle(self) -> None:
        if not (verdicts := self.crew.verdicts()):
            return
        try:
            settle(self.me, verdicts)
        except Exception:
            self.crew.put_back(verdicts)
            raise

    def close(self, grace: float = GRACE) -> None:
        """Give back what nobody began, wait a little for what is on its way; the lease covers the rest."""
        self.crew.put_back(self.crew.withdraw())
        waited = 0.0
        while not self.crew.is_idle and waited < grace:
            self.came_in.wait(TURN)
            waited += TURN
            self.came_in.clear()
            self._settle()
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
