"""The facts this room writes. Ids, kinds and times only; never words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from corale.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class MessageReceived(Event):
    """Somebody said something that reached us; `at` is when we received it."""

    kind: ClassVar[str] = "message.received"

    remote_at: str = ""
    addressed: bool = False
    direct: bool = False


@dataclass(frozen=True, kw_only=True)
class MessageEdited(Event):
    """They changed their words; the earlier ones are kept as a version."""

    kind: ClassVar[str] = "message.edited"


@dataclass(frozen=True, kw_only=True)
class MessageDeleted(Event):
    """They took their words back; a tombstone stays and still counts."""

    kind: ClassVar[str] = "message.deleted"


@dataclass(frozen=True, kw_only=True)
class MessageUnreachable(Event):
    """It can no longer be seen there, and nobody said why."""

    kind: ClassVar[str] = "message.unreachable"


@dataclass(frozen=True, kw_only=True)
class MessageJudged(Event):
    """A colleague said that it needs an answer, or that it needs none."""

    kind: ClassVar[str] = "message.judged"

    needs_answer: bool = True
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ConversationAnsweredInPrivate(Event):
    """A colleague answered what was said here in a direct message: it stands in a conversation of its own."""

    kind: ClassVar[str] = "conversation.answered_in_private"


@dataclass(frozen=True, kw_only=True)
class MessageAnswered(Event):
    """An answer of ours stands there: one fact for each thing they said that it answers."""

    kind: ClassVar[str] = "message.answered"

    answer: int = 0
    delivery: int | None = None
    approved: bool = False
    elsewhere: bool = False


@dataclass(frozen=True, kw_only=True)
class ReactionMade(Event):
    """A colleague liked or reposted what somebody said, or followed them; `reaction` says which. It stands there."""

    kind: ClassVar[str] = "reaction.made"

    reaction: str = ""
    delivery: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReactionTakenBack(Event):
    """A colleague took such a thing back."""

    kind: ClassVar[str] = "reaction.taken_back"

    reaction: str = ""


@dataclass(frozen=True, kw_only=True)
class ConversationRead(Event):
    """A colleague had it before their eyes for five seconds or more: once for each visit."""

    kind: ClassVar[str] = "conversation.read"

    seconds: int = 0
    messages: list[int] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class ConversationAssigned(Event):
    """Somebody was asked to take it; `to` is None when nobody has it any more. `bulk`: how many went together."""

    kind: ClassVar[str] = "conversation.assigned"

    to: int | None = None
    reason: str = ""
    bulk: int = 0


@dataclass(frozen=True, kw_only=True)
class ConversationLabelled(Event):
    """A label was put on it, or taken off when `taken_off`."""

    kind: ClassVar[str] = "conversation.labelled"

    label: int = 0
    taken_off: bool = False
    bulk: int = 0


@dataclass(frozen=True, kw_only=True)
class ConversationPrioritised(Event):
    """It was called more or less urgent."""

    kind: ClassVar[str] = "conversation.prioritised"

    priority: int = 0
    bulk: int = 0


@dataclass(frozen=True, kw_only=True)
class ConversationClosed(Event):
    """Somebody said that nothing more is owed."""

    kind: ClassVar[str] = "conversation.closed"

    reason: str = ""
    bulk: int = 0


@dataclass(frozen=True, kw_only=True)
class ConversationReopened(Event):
    """Something is owed again: a colleague said so, or they wrote, or the time of a snooze came (`auto`)."""

    kind: ClassVar[str] = "conversation.reopened"

    bulk: int = 0


@dataclass(frozen=True, kw_only=True)
class ConversationSnoozed(Event):
    """Nobody owes anything before `until`."""

    kind: ClassVar[str] = "conversation.snoozed"

    until: str = ""
    bulk: int = 0


@dataclass(frozen=True, kw_only=True)
class ConversationSpammed(Event):
    """Out of the lists as spam; the indicator keeps it, as an exclusion with who and when."""

    kind: ClassVar[str] = "conversation.spammed"

    bulk: int = 0


@dataclass(frozen=True, kw_only=True)
class ConversationQuarantined(Event):
    """It began in quarantine (`auto`), or a person put it back there. `reason`: muted, limited, newcomer, or empty."""

    kind: ClassVar[str] = "conversation.quarantined"

    reason: str = ""
    bulk: int = 0


@dataclass(frozen=True, kw_only=True)
class ConversationLetIn(Event):
    """Out of quarantine into the trays: a coordinator said so, or somebody whom we know spoke there (`auto`)."""

    kind: ClassVar[str] = "conversation.let_in"

    bulk: int = 0


@dataclass(frozen=True, kw_only=True)
class ConversationTrashed(Event):
    """Out of the lists; still counted as unanswered if it was."""

    kind: ClassVar[str] = "conversation.trashed"

    bulk: int = 0


@dataclass(frozen=True, kw_only=True)
class ConversationRestored(Event):
    """Back from spam or trash."""

    kind: ClassVar[str] = "conversation.restored"

    bulk: int = 0


@dataclass(frozen=True, kw_only=True)
class NoteWritten(Event):
    """A word among colleagues, under a conversation."""

    kind: ClassVar[str] = "note.written"
