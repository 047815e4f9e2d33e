"""What the adapter hears, for tests that look at events and not at the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from corale.channels.contract import Event, Raw
from corale.channels.models import Connection
from tests.support.atproto.people import eventually

E = TypeVar("E", bound=Event)


@dataclass
class Ear:
    """Listens on one stream of a connection and remembers."""

    connection: Connection
    stream: str = "notifications"
    cursor: str = ""
    raws: list[Raw] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def listen(self) -> list[Event]:
        """One reading."""
        received = self.connection.adapter.receive(self.connection, self.stream, self.cursor)
        self.cursor = received.cursor
        self.raws += received.raws
        self.keys += [raw.key for raw in received.raws]
        return events(self.connection, received.raws)

    def until(self, kind: type[E], **wanted: Any) -> E:
        """The first event of a kind with these values that comes."""
        kept: list[Event] = events(self.connection, self.raws)

        def heard() -> E | None:
            kept.extend(self.listen())
            return next((each for each in kept if isinstance(each, kind) and _like(each, wanted)), None)

        return eventually(heard)  # type: ignore[return-value]


def events(connection: Connection, raws: Any) -> list[Event]:
    """What they say."""
    return [event for raw in raws for event in connection.adapter.read(raw)]


def checked(connection: Connection, *native_ids: str) -> list[Event]:
    """What a second look at them says."""
    return events(connection, connection.adapter.recheck(connection, native_ids))


def _like(event: Event, wanted: dict[str, Any]) -> bool:
    return all(getattr(event, name) == value for name, value in wanted.items())
