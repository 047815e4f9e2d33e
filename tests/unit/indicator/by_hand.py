"""A ledger written by hand: what people said, and what the company did. Times are said as a time before NOW."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from corale.indicator.history import read
from corale.indicator.measured import Measured
from corale.indicator.measures import MEASURES
from corale.ledger.models import Fact

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)  # a Friday, 13:00 in Rome
ANNA, BRUNO = 1, 2
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
BLUESKY, EMAIL, MASTODON = 7, 8, 9


class Ledger:
    """Facts that are written together when a measure asks."""

    kinds = {BLUESKY: "bluesky", EMAIL: "email", MASTODON: "mastodon"}

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self._ids = count(1)

    def fact(self, kind: str, ago: timedelta, *, data: dict[str, Any] | None = None, **columns: Any) -> Fact:
        fact = Fact(kind=kind, at=NOW - ago, recorded_at=NOW - ago, data=data or {}, **columns)
        self.facts.append(fact)
        return fact

    def said(self, person: int, ago: timedelta, *, place: int = 0, on: int = BLUESKY, addressed: bool = True) -> Fact:
        """Somebody said something, in a conversation of its own if none is named."""
        number = next(self._ids)
        return self.fact(
            "message.received", ago, person_id=person, message_id=number, conversation_id=place or 1000 + number,
            connection_id=on, data={"addressed": addressed},
        )  # fmt: skip

    def about(
        self, kind: str, item: Fact, after: timedelta, *, by: int = ANNA, auto: bool = False, **data: Any
    ) -> Fact:
        """Something that was done with an item or its conversation."""
        return self.fact(
            kind, NOW - item.at - after, by_id=by, auto=auto, message_id=item.message_id, person_id=item.person_id,
            conversation_id=item.conversation_id, data=data,
        )  # fmt: skip

    def answered(self, item: Fact, after: timedelta, **more: Any) -> Fact:
        return self.about("message.answered", item, after, **more)

    def joined(self, *people: int, ago: timedelta = 300 * DAY) -> None:
        for person in people:
            self.fact("employee.joined", ago, by_id=person)

    def measure(self, key: str, days: int = 91) -> Measured:
        Fact.objects.bulk_create([fact for fact in self.facts if fact.pk is None])
        return MEASURES[key](read(NOW - days * DAY, NOW, demo=False, kinds=self.kinds))


def rows_of(measured: Measured, counted: str) -> list[int | None]:
    """The messages a measure counted for (`hit`), against (`miss`) or left out (`out`)."""
    return sorted(row.message_id or 0 for row in measured.rows if row.counted == counted)
