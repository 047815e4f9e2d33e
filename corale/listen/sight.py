"""What listening can see: through which accounts, since when, how late. Whatever is not said to them is not heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from corale.channels.contract import Adapter
from corale.channels.models import Connection

MOST = 100


@dataclass(frozen=True, slots=True)
class Ear:
    """One account. `reads`: sentences of its adapter, to be translated."""

    connection: Connection
    adapter: Adapter

    @property
    def reads(self) -> Sequence[str]:
        return self.adapter.reads

    @property
    def since(self) -> datetime:
        return self.connection.connected_at

    @property
    def is_listening(self) -> bool:
        return self.connection.state == Connection.State.ACTIVE

    @property
    def is_paused(self) -> bool:
        return self.connection.state == Connection.State.PAUSED

    @property
    def is_removed(self) -> bool:
        return self.connection.state == Connection.State.REMOVED


def ears(kinds: Sequence[str] = ()) -> list[Ear]:
    """All accounts, or those of some channels; those that are not heard any more too, as they brought the past."""
    there = Connection.objects.order_by("kind", "handle", "pk")
    if kinds:
        there = there.filter(kind__in=kinds)
    return [Ear(connection, connection.adapter) for connection in there[:MOST]]
