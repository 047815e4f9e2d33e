"""The trays of the desk: which conversations each shows, in which order, and what it says when it is empty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corale.conversations.models import Conversation, Mention, Message
from corale.people.models import Person
from corale.respond.models import Draft

State = Conversation.State
Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Sort:
    """An order with a column that an index walks. `ascending`: the oldest first."""

    key: str
    label: Promise
    column: str
    ascending: bool = False


NEWEST = Sort("newest", _("Newest activity"), "last_activity_at")
WAITING = Sort("waiting", _("Waiting longest"), "waiting_since", ascending=True)
SOONEST = Sort("soonest", _("Back soonest"), "snoozed_until", ascending=True)
WRITTEN = Sort("written", _("Newest first"), "written_at")
SAVED = Sort("saved", _("Newest first"), "saved_at")
MENTIONED = Sort("mentioned", _("Newest first"), "at")


@dataclass(frozen=True, slots=True)
class Tray:
    """`rows(person)` are conversations, or (with `through`) rows that point at one: a draft, a mention, a message."""

    key: str
    label: Promise
    icon: str
    rows: Callable[[Person], Rows]
    empty: Promise
    advice: Promise
    states: tuple[str, ...] = ()
    sorts: tuple[Sort, ...] = (NEWEST,)
    through: str = ""
    words: str = ""
    counted: bool = False
    order: int = 100
    shortcut: str = ""

    def sort(self, key: str) -> Sort:
        """The order of that name, or the first one."""
        return next((sort for sort in self.sorts if sort.key == key), self.sorts[0])


def _all(person: Person) -> Rows:
    return Conversation.objects.visible_to(person)


_EITHER = (NEWEST, WAITING)
_TRAYS = (
    Tray(
        "mine", _("Mine"), "mine", lambda me: _all(me).filter(assignee=me), _("Nothing waits for you."),
        _("Take something from Unassigned: open it and press i."), (State.OPEN,), _EITHER, counted=True, order=1,
        shortcut="g m",
    ),
    Tray(
        "unassigned", _("Unassigned"), "unassigned", lambda me: _all(me).filter(assignee=None),
        _("Everything has somebody."), _("New messages arrive here by themselves."), (State.OPEN,), _EITHER,
        counted=True, order=2, shortcut="g u",
    ),
    Tray(
        "open", _("All open"), "inbox", _all, _("All is answered."),
        _("Messages arrive here as soon as somebody writes. Is a channel connected?"), (State.OPEN,), _EITHER,
        counted=True, order=3, shortcut="g i",
    ),
    Tray(
        "mentions", _("Mentions"), "mentions", lambda me: Mention.objects.filter(person=me),
        _("Nobody has mentioned you."), _("When a colleague writes @ and your name in a note, it stands here."),
        sorts=(MENTIONED,), through="conversation__", words="message__text", counted=True, order=4,
    ),
    Tray(
        "waiting", _("Waiting"), "waiting", _all, _("We wait for nobody."),
        _("What you answer waits here until they write again."), (State.WAITING,), counted=True, order=5,
    ),
    Tray(
        "snoozed", pgettext_lazy("tray", "Snoozed"), "snoozed", _all, _("Nothing is snoozed."),
        _("Press z in a conversation to put it away until a day you choose."), (State.SNOOZED,), (SOONEST,),
        counted=True, order=6,
    ),
    Tray(
        "closed", pgettext_lazy("tray", "Closed"), "done", _all, _("Nothing is closed yet."),
        _("Press e in a conversation when nothing more is owed."), (State.CLOSED,), order=7,
    ),
    Tray(
        "drafts", _("Drafts"), "drafts", lambda me: Draft.objects.filter(person=me), _("You have no drafts."),
        _("What you begin to write is kept here, on every device."), sorts=(SAVED,), through="conversation__",
        words="body", counted=True, order=8,
    ),
    Tray(
        "sent", _("Sent and scheduled"), "sent",
        lambda me: Message.objects.filter(by=me, direction=Message.Direction.OUT),
        _("You have sent nothing yet."), _("Your answers stand here, with what became of each."), sorts=(WRITTEN,),
        through="conversation__", words="text", order=9,
    ),
    Tray(
        "quarantine", _("Quarantine"), "shield", _all, _("Nothing is held back."),
        _("First words of suspicious senders wait here until a coordinator lets them in."), (State.QUARANTINE,),
        counted=True, order=10,
    ),
    Tray(
        "spam", _("Spam"), "spam", _all, _("No spam."), _("Press ! in a conversation that nobody should have to read."),
        (State.SPAM,), order=11,
    ),
    Tray(
        "trash", _("Trash"), "trash", _all, _("The trash is empty."),
        _("What you put away can be brought back from here."), (State.TRASH,), order=12,
    ),
)  # fmt: skip
TRAYS = {tray.key: tray for tray in _TRAYS}
COUNTED = tuple(tray for tray in _TRAYS if tray.counted)
FIRST = "open"


def tray_named(key: str) -> Tray:
    """The tray of that name, or the one with everything open."""
    return TRAYS.get(key, TRAYS[FIRST])
