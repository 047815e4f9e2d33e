"""The thread of a conversation: its last thirty messages, what happened between them, and the way to earlier ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from corale.channels.contract import Can
from corale.channels.keys import key_of
from corale.channels.models import Delivery
from corale.conversations.actions.reacting import may_be_reposted
from corale.conversations.actions.rewording import may_delete, may_edit
from corale.conversations.models import Conversation, Interaction, Message, MessageVersion
from corale.conversations.policies import may_read_earlier_words
from corale.listen.shown import Shown, shown
from corale.listen.voices import voices
from corale.people.models import Identity, Person
from corale.respond import faces
from corale.respond.happenings import Happening, happenings
from corale.respond.words import REACTIONS

LAST = 30
LONG = 6000  # characters of one message shown at once
State, Direction = Message.State, Message.Direction
ON_ITS_WAY = (Delivery.State.HELD, Delivery.State.WAITING)


@dataclass(frozen=True, slots=True)
class Verb:
    """Something that can be done with a message by pressing once, and what came of it when we did."""

    kind: str
    made: Interaction | None = None

    @property
    def words(self) -> dict[str, Any]:
        return REACTIONS[self.kind]

    @property
    def is_done(self) -> bool:
        return self.made is not None and self.made.undone_at is None

    @property
    def delivery(self) -> Delivery | None:
        return self.made.delivery if self.made else None

    @property
    def has_failed(self) -> bool:
        return self.delivery is not None and self.delivery.state == Delivery.State.FAILED


@dataclass(slots=True)
class Line:
    """One thing said, with everything shown about it."""

    message: Message
    reactions: dict[str, int] = field(default_factory=dict)
    offered: tuple[str, ...] = ()  # what we can do with it, besides answering
    done: dict[str, Interaction] = field(default_factory=dict)  # what we did with it
    is_last: bool = False
    versions: list[MessageVersion] = field(default_factory=list)
    is_new: bool = False
    quoted: Message | None = None
    may_read_earlier: bool = False
    whole: bool = False
    read: Shown | None = None  # how it was read
    voices: int = 0  # people who say nearly the same; 0 when nobody else does
    may_edit: bool = False
    may_delete: bool = False

    @property
    def is_ours(self) -> bool:
        return self.message.direction == Direction.OUT

    @property
    def is_note(self) -> bool:
        return self.message.direction == Direction.NOTE

    @property
    def is_theirs(self) -> bool:
        return self.message.direction in (Direction.IN, Direction.ASIDE)

    @property
    def name(self) -> str:
        """Who says it: the colleague for what is ours, else the name they go by there."""
        identity = self.message.identity
        if self.message.by is not None:
            return str(self.message.by)
        return (identity.name or identity.handle) if identity else ""

    @property
    def handle(self) -> str:
        return self.message.identity.handle if self.message.identity and not self.message.by else ""

    @property
    def picture(self) -> str:
        return "" if self.message.by else faces.of(self.message.identity)

    @property
    def channel(self) -> str:
        """The badge on the face of those who are not colleagues."""
        return "" if self.message.by or not self.message.identity else self.message.identity.platform

    @property
    def tone_key(self) -> int | None:
        """The same colour as in the list: that of the person."""
        return self.message.by_id or (self.message.identity.person_id if self.message.identity else None)

    @property
    def person_page(self) -> str:
        identity = self.message.identity
        return faces.person_page(self.message.by_id or (identity.person_id if identity else None))

    @property
    def is_deleted(self) -> bool:
        return self.message.state == State.DELETED

    @property
    def is_gone(self) -> bool:
        return self.message.state in (State.HIDDEN, State.UNREACHABLE)

    @property
    def is_placeholder(self) -> bool:
        return self.message.state == State.PLACEHOLDER

    @property
    def is_edited(self) -> bool:
        return self.message.state == State.EDITED

    @property
    def shows_words(self) -> bool:
        """A tombstone keeps its words for those who look after everybody's work."""
        return not self.is_placeholder and not self.is_deleted

    @property
    def words(self) -> str:
        return self.message.text if self.whole else self.message.text[:LONG]

    @property
    def is_cut(self) -> bool:
        return not self.whole and len(self.message.text) > LONG

    @property
    def delivery(self) -> Delivery | None:
        return self.message.delivery

    @property
    def can_be_taken_back(self) -> bool:
        return self.delivery is not None and self.delivery.state in ON_ITS_WAY and not self.delivery.attempts

    @property
    def can_be_retried(self) -> bool:
        return self.delivery is not None and self.delivery.state in (Delivery.State.FAILED, Delivery.State.UNKNOWN)

    @property
    def verbs(self) -> list[Verb]:
        """Like, repost: each with what we did already."""
        return [Verb(kind, self.done.get(kind)) for kind in dict.fromkeys([*self.offered, *self.done])]

    @property
    def needs_answer(self) -> bool:
        """As a colleague judged; else as it was addressed."""
        judged = self.message.needs_answer
        return (
            self.is_theirs
            and not self.is_deleted
            and self.message.answered_at is None
            and (self.message.addressed if judged is None else judged)
        )


@dataclass(slots=True)
class Thread:
    """What is shown, oldest first; `earlier` is the place to page upward from, 0 when this is the beginning."""

    lines: list[Line]
    items: list[Line | list[Happening]]
    people: dict[str, str]
    earlier: int = 0
    is_latest: bool = True

    @property
    def last_id(self) -> int:
        """The newest message that somebody has before their eyes."""
        return max((line.message.pk for line in self.lines), default=0)


def thread_of(
    conversation: Conversation, me: Person, *, before: int = 0, at: int = 0, whole: int = 0, read_up_to: int = 0
) -> Thread:
    """A fixed number of queries, however long the conversation is. `before` pages upward; `at` ends with a message."""
    lines, more = _lines(conversation, before or at, inclusive=not before)
    earlier = lines[0].message.pk if more and lines else 0
    _add_reactions(conversation, lines)
    _add_verbs(conversation, lines)
    _add_quoted(conversation, lines)
    _add_readings(lines, me)
    _add_versions(lines, may_read_earlier_words(me))
    for line in lines:
        line.whole = line.message.pk == whole
        line.message.connection = conversation.connection
        line.may_edit, line.may_delete = may_edit(line.message, me), may_delete(line.message, me)
    new = next(
        (line for line in lines if line.message.direction == Direction.IN and line.message.pk > read_up_to), None
    )
    if new is not None and new is not lines[0]:
        new.is_new = True
    since = lines[0].message.written_at if more and lines else None
    until = lines[-1].message.written_at if (before or at) and lines else None
    events = happenings(conversation, since, until)
    return Thread(lines, _woven(lines, events), _people(conversation, lines), earlier, not (before or at))


def _lines(conversation: Conversation, place: int, *, inclusive: bool) -> tuple[list[Line], bool]:
    messages = Message.objects.filter(conversation=conversation).select_related("identity", "by", "delivery")
    if place and (from_here := messages.filter(pk=place).first()):
        at = from_here.written_at
        messages = messages.filter(written_at__lte=at).exclude(written_at=at, pk__gte=place + inclusive)
    found = list(messages.order_by("-written_at", "-id")[: LAST + 1])
    shown = [Line(message) for message in reversed(found[:LAST])]
    return shown, len(found) > LAST


def _add_reactions(conversation: Conversation, lines: Sequence[Line]) -> None:
    by_key = {line.message.key: line for line in lines if line.message.key is not None}
    edges = Interaction.objects.filter(connection_id=conversation.connection_id, target_key__in=list(by_key))
    theirs = edges.filter(undone_at=None, ours=False).exclude(kind="quote")
    for key, kind, count in theirs.values_list("target_key", "kind").annotate(Count("id")).order_by("kind"):
        by_key[key].reactions[kind] = count
    stands = Q(undone_at=None) | Q(delivery__state=Delivery.State.FAILED)
    for made in edges.filter(stands, ours=True, kind__in=("like", "repost")).select_related("delivery").order_by("id"):
        by_key[made.target_key].done[made.kind] = made


def _add_verbs(conversation: Conversation, lines: Sequence[Line]) -> None:
    """What may be liked and passed on here; keys mean the last thing that somebody said."""
    can = conversation.connection.adapter.can
    verbs = [verb for verb, flag in (("like", Can.LIKE), ("repost", Can.REPOST)) if flag in can]
    theirs = [line for line in lines if line.is_theirs and line.shows_words and line.message.native_id]
    for line in theirs:
        line.offered = tuple(verb for verb in verbs if verb != "repost" or may_be_reposted(line.message))
    if theirs:
        theirs[-1].is_last = True


def _add_quoted(conversation: Conversation, lines: Sequence[Line]) -> None:
    """The words that each quotes, where we have them: of other threads too, but nothing direct."""
    quoting = {key_of(quotes): line for line in lines if (quotes := line.message.extras.get("quotes"))}
    if not quoting:
        return
    known = Message.objects.filter(connection_id=conversation.connection_id, key__in=list(quoting))
    known = known.exclude(state__in=(State.DELETED, State.PLACEHOLDER)).filter(conversation__direct=False)
    for message in known.select_related("identity", "by"):
        if message.key is not None:
            quoting[message.key].quoted = message


def _add_versions(lines: Sequence[Line], may_read_earlier: bool) -> None:
    changed = {line.message.pk: line for line in lines if line.is_edited or (line.is_deleted and may_read_earlier)}
    for line in changed.values():
        line.may_read_earlier = may_read_earlier or line.is_edited
    for version in MessageVersion.objects.filter(message__in=list(changed)).order_by("seen_at", "id"):
        line = changed[version.message_id]
        if line.is_deleted or version.version != line.message.version:
            line.versions.append(version)


def _add_readings(lines: Sequence[Line], me: Person) -> None:
    """Of what others say and what can be seen."""
    theirs = {line.message.pk: line for line in lines if line.is_theirs and line.shows_words}
    said = [line.message for line in theirs.values()]
    for pk, read in shown(said).items():
        theirs[pk].read = read
    for pk, people in voices(said, me).items() if said else ():
        theirs[pk].voices = people


def _people(conversation: Conversation, lines: Iterable[Line]) -> dict[str, str]:
    """The page of everybody whom a message mentions, by stable id."""
    mentioned = {
        facet.get("value") for line in lines for facet in line.message.facets if facet.get("kind") == "mention"
    }
    if not mentioned:
        return {}
    known = Identity.objects.filter(stable_id__in=mentioned, platform=conversation.connection.kind)
    pages = {stable_id: faces.person_page(person) for stable_id, person in known.values_list("stable_id", "person_id")}
    return {stable_id: page for stable_id, page in pages.items() if page}


def _woven(lines: Sequence[Line], events: Sequence[Happening]) -> list[Line | list[Happening]]:
    """Messages in their order; what happened between two of them is one group."""
    items: list[Line | list[Happening]] = []
    waiting = list(events)
    for line in lines:
        _take_until(waiting, line.message.received_at, items)
        items.append(line)
    if waiting:
        items.append(waiting)
    return items


def _take_until(waiting: list[Happening], at: datetime, items: list[Any]) -> None:
    group: list[Happening] = []
    while waiting and waiting[0].at < at:
        group.append(waiting.pop(0))
    if group:
        items.append(group)
