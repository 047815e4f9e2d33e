"""A book of facts written by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from corale.channels.models import Connection
from corale.ledger.models import Fact

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)  # ten o'clock in Rome
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)  # old enough to be sealed
Write = Callable[..., Fact]


@pytest.fixture
def bluesky(db: None) -> Connection:
    return Connection.objects.create(kind="bluesky", stable_id="did:plc:us", handle="molino.test")


@pytest.fixture
def write(bluesky: Connection) -> Write:
    """`write("message.received", hours=2, message_id=1, person_id=7, addressed=True)`"""

    def fact(kind: str, *, hours: float = 0, auto: bool = False, demo: bool = False, **more: Any) -> Fact:
        columns = ("by_id", "person_id", "conversation_id", "message_id")
        given = {name: more.pop(name) for name in columns if name in more}
        at = MONDAY + timedelta(hours=hours)
        return Fact.objects.create(
            kind=kind, at=at, recorded_at=LONG_AGO, connection_id=bluesky.pk, auto=auto, demo=demo, data=more, **given
        )

    return fact


@pytest.fixture
def asked(write: Write) -> Callable[..., None]:
    """Somebody said something to us; each message in a conversation of its own unless said otherwise."""

    def ask(message: int, *, hours: float = 0, person: int | None = None, conversation: int | None = None) -> None:
        write(
            "message.received", hours=hours, message_id=message, conversation_id=conversation or message,
            person_id=person or message, addressed=True,
        )  # fmt: skip

    return ask


@pytest.fixture
def answered(write: Write) -> Callable[..., None]:
    def answer(message: int, *, hours: float, by: int = 1, person: int | None = None, auto: bool = False) -> None:
        write(
            "message.answered", hours=hours, message_id=message, conversation_id=message, person_id=person or message,
            by_id=by, auto=auto,
        )  # fmt: skip

    return answer
