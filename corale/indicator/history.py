"""The facts of a window, in the shape in which measures ask for them. Read once, from the ledger only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from corale.indicator.promises import BULK
from corale.ledger.models import Fact

_OF_ITEMS = (
    "message.received", "message.answered", "message.judged", "message.withdrawn", "conversation.read",
    "conversation.assigned", "conversation.labelled", "conversation.closed", "conversation.spammed",
    "conversation.restored", "note.written",
)  # fmt: skip
_OF_ALL_TIMES = (
    "feedback.gathered", "feedback.removed", "decision.recorded", "outcome.recorded", "report.asked", "report.told",
    "report.skipped", "report.failed", "report.unreachable", "employee.joined", "employee.left", "connection.made",
)  # fmt: skip
_ATTENTION = {"conversation.assigned", "conversation.labelled", "conversation.closed", "note.written"}
_COLUMNS = (
    "id", "kind", "at", "by_id", "person_id", "conversation_id", "message_id", "connection_id", "auto", "data",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as measures read it. `at` is seconds since 1970."""

    id: int
    kind: str
    at: float
    by: int | None
    person: int | None
    conversation: int | None
    message: int | None
    connection: int | None
    auto: bool
    data: dict[str, Any]


@dataclass(slots=True)
class Item:
    """Something that an outside person said to us."""

    message: int
    conversation: int | None
    person: int | None
    connection: int | None
    at: float
    answered_at: float | None = None
    needs_answer: bool = True
    judged_by: int | None = None
    excluded: str = ""
    excluded_by: int | None = None
    read_at: float | None = None
    acted_at: float | None = None

    @property
    def attended_at(self) -> float | None:
        """When it had been both read and acted on."""
        if self.read_at is None or self.acted_at is None:
            return None
        return max(self.read_at, self.acted_at)


@dataclass(slots=True)
class History:
    """Everything a measure may ask."""

    start: float
    as_of: float
    items: list[Item] = field(default_factory=list)
    told: dict[str, list[Told]] = field(default_factory=lambda: defaultdict(list))
    kinds: dict[int, str] = field(default_factory=dict)  # connection → kind of channel

    def within(self, kind: str) -> list[Told]:
        """The facts of a kind that happened in the window."""
        return [fact for fact in self.told[kind] if fact.at >= self.start]


def read(start: datetime, as_of: datetime, *, demo: bool, kinds: dict[int, str]) -> History:
    """Reads the ledger. The window is (start, as_of]; acts on its items may come as late as `as_of`."""
    history = History(start.timestamp(), as_of.timestamp(), kinds=kinds)
    scope = Fact.objects.filter(demo=demo, at__lte=as_of)
    in_window = scope.filter(kind__in=_OF_ITEMS, at__gt=start - timedelta(seconds=1))
    for facts in (in_window, scope.filter(kind__in=_OF_ALL_TIMES)):
        for row in facts.order_by("at", "id").values_list(*_COLUMNS).iterator(chunk_size=5000):
            fact = Told(row[0], row[1], row[2].timestamp(), *row[3:])
            history.told[fact.kind].append(fact)
    history.items = items_of(history)
    return history


def items_of(history: History) -> list[Item]:
    """What was said to us in the window, and what became of it."""
    items: dict[int, Item] = {}
    of_conversation: dict[int | None, list[Item]] = defaultdict(list)
    for fact in history.within("message.received"):
        if fact.data.get("addressed") and fact.message is not None:
            item = Item(fact.message, fact.conversation, fact.person, fact.connection, fact.at)
            items[fact.message] = item
            of_conversation[fact.conversation].append(item)
    _answers(history, items)
    _judgements(history, items)
    _exclusions(history, items, of_conversation)
    _attention(history, of_conversation)
    return list(items.values())


def _answers(history: History, items: dict[int, Item]) -> None:
    for fact in history.told["message.answered"]:
        item = items.get(fact.message or 0)
        if item and not fact.auto and (item.answered_at is None or fact.at < item.answered_at):
            item.answered_at = max(fact.at, item.at)


def _judgements(history: History, items: dict[int, Item]) -> None:
    for fact in history.told["message.judged"]:
        if item := items.get(fact.message or 0):
            item.needs_answer, item.judged_by = bool(fact.data.get("needs_answer")), fact.by


def _exclusions(history: History, items: dict[int, Item], of: dict[int | None, list[Item]]) -> None:
    """Every exclusion is a row, with who; what was restored comes back."""
    steps = sorted(history.told["conversation.spammed"] + history.told["conversation.restored"], key=lambda f: f.at)
    for fact in steps:
        for item in of.get(fact.conversation, []):
            spam = fact.kind == "conversation.spammed"
            item.excluded, item.excluded_by = ("spam", fact.by) if spam else ("", None)
    for fact in history.told["message.withdrawn"]:
        if withdrawn := items.get(fact.message or 0):
            withdrawn.excluded, withdrawn.excluded_by = "withdrawn", fact.by


def _attention(history: History, of: dict[int | None, list[Item]]) -> None:
    """Read for five seconds, and acted on, by a human; an act on more than twenty at once is none."""
    for fact in history.told["conversation.read"]:
        if not fact.auto:
            _first(of.get(fact.conversation, []), "read_at", fact.at)
    for kind in _ATTENTION:
        for fact in history.told[kind]:
            if not fact.auto and (fact.data.get("bulk") or 0) <= BULK:
                _first(of.get(fact.conversation, []), "acted_at", fact.at)
    for items in of.values():
        for item in items:
            if item.answered_at is not None:  # who answers has read
                item.read_at = min(item.read_at or item.answered_at, item.answered_at)
                item.acted_at = min(item.acted_at or item.answered_at, item.answered_at)


def _first(items: Iterable[Item], name: str, at: float) -> None:
    for item in items:
        known = getattr(item, name)
        if at >= item.at and (known is None or at < known):
            setattr(item, name, at)
