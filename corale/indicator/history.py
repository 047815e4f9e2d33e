"""The facts of a window, in the shape in which measures ask for them. Read once, from the ledger only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from corale.indicator.promises import BULK
from corale.ledger.models import Fact

_OF_ALL_TIMES = (
    "feedback.gathered", "feedback.removed", "decision.recorded", "outcome.recorded", "report.asked", "report.told",
    "report.skipped", "report.failed", "report.unreachable", "employee.joined", "employee.left",
    "conversation.spammed", "conversation.restored",
)  # fmt: skip
_ATTENTION = ("conversation.assigned", "conversation.labelled", "conversation.closed", "note.written")
_COLUMNS = (
    "id", "kind", "at", "by_id", "person_id", "conversation_id", "message_id", "connection_id", "auto",
)  # fmt: skip
_NOTHING: dict[str, Any] = {}
_APPROVED = {"approved": True}


@dataclass(slots=True)  # not frozen: there are millions, and a frozen one costs four times as much to make
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
    """Something that an outside person said."""

    message: int
    conversation: int | None
    person: int | None
    connection: int | None
    at: float
    addressed: bool = True
    wanted: bool = True  # addressed to us, or judged to need an answer
    withdrawn: bool = False
    answered_at: float | None = None
    deleted_at: float | None = None
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
    speakers: dict[int, int] = field(default_factory=dict)  # message that a decision rests on → who said it

    def within(self, kind: str) -> list[Told]:
        """The facts of a kind that happened in the window."""
        return [fact for fact in self.told[kind] if fact.at > self.start]

    def addressed(self) -> Iterator[Item]:
        """What was said to us."""
        return (item for item in self.items if item.addressed)


def read(
    start: datetime, as_of: datetime, *, demo: bool, kinds: dict[int, str], last_fact: int | None = None
) -> History:
    """Reads the ledger up to `last_fact`. The window is (start, as_of]; acts on its items may come as late as `as_of`.

    One kind after the other, and only what measures ask is kept: a million facts must fit into memory as items.
    """
    history = History(start.timestamp(), as_of.timestamp(), kinds=kinds)
    scope = Fact.objects.filter(demo=demo, at__lte=as_of)
    if last_fact is not None:
        scope = scope.filter(id__lte=last_fact)
    for fact in _facts(scope.filter(kind__in=_OF_ALL_TIMES)):
        history.told[fact.kind].append(fact)
    window = scope.filter(at__gt=start)
    items, places = _items(history, window)
    _sayings(window, items)
    _answers(history, window, items)
    _exclusions(history, items, places)
    _attention(history, window, places)
    history.items = [item for item in items.values() if item.wanted]
    return history


def _facts(facts: QuerySet[Fact], *, with_data: bool = True) -> Iterator[Told]:
    columns = (*_COLUMNS, "data") if with_data else _COLUMNS
    rest = () if with_data else (_NOTHING,)
    for row in facts.order_by("at", "id").values_list(*columns).iterator(chunk_size=5000):
        yield Told(row[0], row[1], row[2].timestamp(), *row[3:], *rest)


def _items(history: History, window: QuerySet[Fact]) -> tuple[dict[int, Item], dict[int | None, list[Item]]]:
    """What was said in the window, by message and by conversation."""
    evidence = {each for fact in history.within("decision.recorded") for each in fact.data.get("evidence", ())}
    items: dict[int, Item] = {}
    places: dict[int | None, list[Item]] = defaultdict(list)
    for fact in _facts(window.filter(kind="message.received")):
        if fact.message is None:
            continue
        if fact.message in evidence and fact.person is not None:
            history.speakers[fact.message] = fact.person
        addressed = bool(fact.data.get("addressed"))
        item = Item(fact.message, fact.conversation, fact.person, fact.connection, fact.at, addressed, addressed)
        items[fact.message] = item
        places[fact.conversation].append(item)
    return items, places


def _sayings(window: QuerySet[Fact], items: dict[int, Item]) -> None:
    """What became of the words themselves. The last judgement counts; what was said to others counts once somebody says
    that it needs an answer."""
    for fact in _facts(window.filter(kind__in=["message.deleted", "message.judged", "message.withdrawn"])):
        item = items.get(fact.message or 0)
        if item is None:
            continue
        if fact.kind == "message.deleted":
            item.deleted_at = item.deleted_at or fact.at
        elif fact.kind == "message.withdrawn":
            item.withdrawn = True
        else:
            item.needs_answer, item.judged_by = bool(fact.data.get("needs_answer")), fact.by
            item.wanted = item.addressed or item.needs_answer


def _answers(history: History, window: QuerySet[Fact], items: dict[int, Item]) -> None:
    """The first answer by a human; words taken back by their author before it stay unanswered."""
    for fact in _facts(window.filter(kind="message.answered")):
        _keep(history, fact)
        item = items.get(fact.message or 0)
        if item and not fact.auto and item.answered_at is None and (item.deleted_at or fact.at) >= fact.at:
            item.answered_at = max(fact.at, item.at)


def _keep(history: History, fact: Told) -> None:
    """An act that P4 counts, without the data it does not ask for."""
    data = _APPROVED if fact.data.get("approved") else _NOTHING
    history.told[fact.kind].append(
        Told(fact.id, fact.kind, fact.at, fact.by, fact.person, fact.conversation, fact.message, None, fact.auto, data)
    )


def _exclusions(history: History, items: dict[int, Item], places: dict[int | None, list[Item]]) -> None:
    """Every exclusion is a row, with who; what was restored comes back."""
    steps = sorted(history.told["conversation.spammed"] + history.told["conversation.restored"], key=lambda f: f.at)
    for fact in steps:
        spam = fact.kind == "conversation.spammed"
        for item in places.get(fact.conversation, ()):
            item.excluded, item.excluded_by = ("spam", fact.by) if spam else ("", None)
    colleagues = {fact.by for fact in history.told["employee.joined"] if fact.by is not None}
    for item in items.values():
        if item.withdrawn or item.person in colleagues:
            item.excluded, item.excluded_by = "withdrawn" if item.withdrawn else "colleague", None


def _attention(history: History, window: QuerySet[Fact], places: dict[int | None, list[Item]]) -> None:
    """Read for five seconds, and acted on, by a human; an act on more than twenty at once is none."""
    for fact in _facts(window.filter(kind="conversation.read"), with_data=False):
        if not fact.auto:
            _first(places.get(fact.conversation, ()), "read_at", fact.at)
    for kind in _ATTENTION:  # one at a time: in the order of the index, so that nothing is sorted
        for fact in _facts(window.filter(kind=kind)):
            if kind == "note.written":  # P4 asks who wrote it
                _keep(history, fact)
            if not fact.auto and (fact.data.get("bulk") or 0) <= BULK:
                _first(places.get(fact.conversation, ()), "acted_at", fact.at)
    for items in places.values():
        for item in items:
            if item.answered_at is not None:  # who answers has read
                _first((item,), "read_at", item.answered_at)
                _first((item,), "acted_at", item.answered_at)


def _first(items: Iterable[Item], name: str, at: float) -> None:
    for item in items:
        known = getattr(item, name)
        if at >= item.at and (known is None or at < known):
            setattr(item, name, at)
