"""The facts this room writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from corale.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class ConnectionMade(Event):
    """An account of the company was connected."""

    kind: ClassVar[str] = "connection.made"


@dataclass(frozen=True, kw_only=True)
class ConnectionLost(Event):
    """An account no longer lets us in, or a colleague paused or removed it: what we hear from there ends here."""

    kind: ClassVar[str] = "connection.lost"

    why: str = ""


@dataclass(frozen=True, kw_only=True)
class ConnectionRestored(Event):
    """An account lets us in again."""

    kind: ClassVar[str] = "connection.restored"
