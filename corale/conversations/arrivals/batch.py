"""What arrived together, and what the stations pass on to each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar, cast

from corale.channels.contract import Event, Known, Reacted, Said, Unreacted, Vanished, Who
from corale.channels.models import Connection
from corale.search.sources import Words

TEXT_LIMIT = 100_000  # characters shown and indexed; the envelope keeps the rest

E = TypeVar("E", bound=Event)
F = TypeVar("F", bound=Event)


@dataclass(slots=True)
class Arrival(Generic[E]):
    """One event, and when its envelope arrived."""

    event: E
    at: datetime


@dataclass(slots=True)
class IdentityRow:
    """An identity as the stations need it."""

    id: int
    person_id: int
    handle: str
    name: str
    ours: bool


@dataclass(slots=True)
class Batch:
    """One connection's arrivals on their way into the record."""

    connection: Connection
    arrivals: Sequence[Arrival[Event]]
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    identities: dict[tuple[str, str], IdentityRow] = field(default_factory=dict)
    facts: list[tuple[Any, ...]] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)  # of new messages, for the index
    back: list[int] = field(default_factory=list)  # messages that can be seen again
    reworded: list[tuple[int, str]] = field(default_factory=list)  # edited messages, with their old words
    renamed: list[int] = field(default_factory=list)  # persons with a new name or handle
    confided: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)  # direct conversation, to which of us
    touched: dict[int, str] = field(default_factory=dict)  # conversation id → what changed
    ignored: int = 0
    connection_id: int = field(init=False)
    demo: bool = field(init=False)
    by_kind: dict[type[Any], list[Arrival[Event]]] = field(init=False)

    def __post_init__(self) -> None:
        self.connection_id, self.demo, self.by_kind = self.connection.pk, self.connection.demo, {}
        for arrival in self.arrivals:
            self.by_kind.setdefault(type(arrival.event), []).append(arrival)

    def of(self, kind: type[F]) -> list[Arrival[F]]:
        """The arrivals of one kind of event, in their order."""
        return cast(list[Arrival[F]], self.by_kind.get(kind, []))

    def whos(self) -> Iterable[tuple[Who, datetime]]:
        """Everybody who appears."""
        for arrival in self.arrivals:
            match arrival.event:
                case Said(author=who) | Reacted(actor=who) | Known(who=who):
                    yield who, arrival.at
                case Unreacted() | Vanished():
                    pass

    def identity(self, who: Who) -> IdentityRow:
        """The identity of somebody, once the first station has passed."""
        return self.identities[who.platform, who.stable_id]
