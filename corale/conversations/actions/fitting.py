"""What a channel takes, asked before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from corale.channels.contract import Can, Upload
from corale.channels.models import Connection
from corale.conversations.errors import CannotAnswer, TooLong


def lets(connection: Connection, *wanted: Can) -> None:
    """The channel knows how, and the account is there. Errors: CannotAnswer."""
    if any(each not in connection.adapter.can for each in wanted):
        raise CannotAnswer("channel")
    if connection.state in (Connection.State.DISCONNECTED, Connection.State.REMOVED):
        raise CannotAnswer("disconnected")


def fits(connection: Connection, parts: Sequence[str], uploads: Sequence[Upload] = ()) -> None:
    """There is something to say, and no part is longer than the channel takes. Errors: CannotAnswer, TooLong."""
    if not any(part.strip() for part in parts) and not (parts and uploads):
        raise CannotAnswer("empty")
    adapter = connection.adapter
    limit = adapter.limits.length
    for part in parts:
        if limit and (length := adapter.measure(part)) > limit:
            raise TooLong(length, limit)
