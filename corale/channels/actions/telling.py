"""The floors above are told what was kept by a thread of its own: meanwhile what comes next is kept."""

from __future__ import annotations

import logging
import threading

from django.db import connection as database

from corale.channels.models import Connection
from corale.channels.signals import envelopes_kept

log = logging.getLogger(__name__)


class Teller(threading.Thread):
    """Sends `envelopes_kept`, once for whatever was kept since it was last sent.

    Nothing is lost with it: what was kept and not understood is found by whoever listens next.
    """

    def __init__(self) -> None:
        super().__init__(name="envelopes kept", daemon=True)
        self._kept: dict[int, Connection] = {}
        self._change = threading.Condition()
        self._ending = False

    def soon(self, connection: Connection) -> None:
        """Something of this connection is kept, and committed."""
        with self._change:
            self._kept[connection.pk] = connection
            self._change.notify()

    def end(self) -> None:
        """Tells what is still to be told, then ends."""
        with self._change:
            self._ending = True
            self._change.notify()

    def run(self) -> None:
        try:
            while connection := self._next():
                self._tell(connection)
        finally:
            database.close()

    def _next(self) -> Connection | None:
        with self._change:
            self._change.wait_for(lambda: self._kept or self._ending)
            return self._kept.pop(next(iter(self._kept))) if self._kept else None

    def _tell(self, connection: Connection) -> None:
        try:
            envelopes_kept.send(Connection, connection=connection)
        except Exception:
            log.exception("What connection %s brought could not be worked in.", connection.pk)
            database.close_if_unusable_or_obsolete()
