"""One line of the list, and how it is read: as plain values, in one query for a page and one for its labels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import CharField, F, FilteredRelation, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Left, NullIf

from corale.conversations.models import Conversation, Labelling, Message
from corale.people.models import Person
from corale.respond import faces
from corale.respond.models import Presence
from corale.respond.trays import FIRST, NEWEST, TRAYS, Rows, Sort, Tray

PAGE = 50
THEIRS = (Message.Direction.IN, Message.Direction.ASIDE)
LABELS = 2
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE = re.compile(r"(-?\d{1,17})-(\d{1,18})")


def place_of(at: datetime, pk: int) -> str:
    """A place in a list: microseconds and a number."""
    return f"{(at - _EPOCH) // timedelta(microseconds=1)}-{pk}"


def read_place(said: str) -> tuple[datetime, int] | None:
    """None for what is no place."""
    found = _PLACE.fullmatch(said)
    return (_EPOCH + timedelta(microseconds=int(found[1])), int(found[2])) if found else None


COLUMNS = (
    "id", "version", "state", "subject", "preview", "last_direction", "last_activity_at", "last_inbound_id",
    "waiting_since", "snoozed_until", "priority", "direct", "demo", "message_count", "assignee_id", "person_id",
    "identity_id", "connection__kind", "identity__handle", "person__name", "identity__avatar_url", "assignee__name",
)  # fmt: skip


@dataclass(slots=True)
class Row:
    """One line of the list, with everything it shows."""

    id: int
    version: int
    state: str
    subject: str
    preview: str
    last_direction: int
    last_activity_at: datetime
    last_inbound_id: int | None
    waiting_since: datetime | None
    snoozed_until: datetime | None
    priority: int
    direct: bool
    demo: bool
    message_count: int
    assignee_id: int | None
    person_id: int | None
    identity_id: int | None
    channel: str
    handle: str | None
    person_name: str | None
    avatar: str | None
    assignee: str | None
    read_up_to: int | None
    last_state: int | None
    speaker: str | None
    presence: str | None
    place_at: datetime
    place_id: int
    words: str | None = None
    delivery: str | None = None
    labels: list[tuple[str, int]] = field(default_factory=list)
    more_labels: int = 0

    @property
    def name(self) -> str:
        return self.person_name or self.handle or ""

    @property
    def picture(self) -> str:
        """Where we serve their face from; empty when they show none."""
        return faces.address(self.identity_id, self.avatar)

    @property
    def is_unread(self) -> bool:
        return (self.last_inbound_id or 0) > (self.read_up_to or 0)

    @property
    def is_deleted(self) -> bool:
        """Its last words were taken back: the list does not repeat them."""
        return self.last_state == Message.State.DELETED

    @property
    def is_ours(self) -> bool:
        return self.last_direction == Message.Direction.OUT

    @property
    def says(self) -> str:
        """Who said the last words, when it is not the person of the conversation; empty when it is."""
        return "" if self.is_ours else self.speaker or ""

    @property
    def doing(self) -> str:
        """What a colleague is doing there: looking, writing, or nothing."""
        return (self.presence or "").partition("|")[0]

    @property
    def who(self) -> str:
        return (self.presence or "").partition("|")[2]

    @property
    def place(self) -> str:
        """Where in the list it stands, as the address of a page says it."""
        return place_of(self.place_at, self.place_id)


def reading(me: Person, to: str = "") -> FilteredRelation:
    """How far somebody has read; `is:unread` asks it too."""
    return FilteredRelation(f"{to}read_marks", condition=Q(**{f"{to}read_marks__person": me}))


def one_row(pk: int, me: Person) -> Row | None:
    """One line of the list, as it is now."""
    rows: Rows = Conversation.objects.visible_to(me).filter(pk=pk).annotate(mark=reading(me))
    found = rows_of(rows, TRAYS[FIRST], me, NEWEST)
    add_labels(found)
    return found[0] if found else None


def rows_of(rows: Rows, tray: Tray, me: Person, sort: Sort) -> list[Row]:
    """The rows of a queryset, read as plain values."""
    to = tray.through
    somebody = (
        Presence.objects.now()
        .filter(conversation_id=OuterRef(f"{to}id"))
        .exclude(person=me)
        .order_by("-doing", "-at")
        .values(said=Concat("doing", Value("|"), "person__name", output_field=CharField()))[:1]
    )
    last = Message.objects.filter(pk=OuterRef(f"{to}last_message_id"))
    other = last.filter(direction__in=THEIRS).exclude(identity_id=OuterRef(f"{to}identity_id"))
    named = Coalesce(NullIf("identity__name", Value("")), "identity__handle", output_field=CharField())
    extra: dict[str, Any] = {
        "presence_there": Subquery(somebody),
        "last_state": Subquery(last.values("state")[:1]),
        "speaker": Subquery(other.values(named=named)[:1]),
    }
    more = ("mark__message_id", "last_state", "speaker", "presence_there", sort.column, "id")
    columns = [*(to + column for column in COLUMNS), *more]
    if tray.words:
        extra["words_here"] = Left(tray.words, 200)
        columns.append("words_here")
    if tray.key == "sent":
        extra["delivery_state"] = F("delivery__state")
        columns.append("delivery_state")
    found = rows.annotate(**extra).values_list(*columns)
    return [Row(*values) for values in found]


def add_labels(rows: Iterable[Row]) -> None:
    by_id: dict[int, list[Row]] = {}
    for row in rows:
        by_id.setdefault(row.id, []).append(row)
    if not by_id:
        return
    labels = Labelling.objects.filter(conversation_id__in=list(by_id)).order_by("id")
    for conversation_id, name, colour in labels.values_list("conversation_id", "label__name", "label__colour"):
        for row in by_id[conversation_id]:
            if len(row.labels) < (LABELS if row.priority <= 0 else 1):
                row.labels.append((name, colour))
            else:
                row.more_labels += 1
