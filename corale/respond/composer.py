"""What the composer shows before anything is sent: as whom, to whom, where, how long, by which guideline."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf.locale import LANG_INFO
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from corale.channels.contract import Can, Limits, Who
from corale.channels.models import Connection, StoredFile
from corale.conversations.actions.answering import to_whom
from corale.conversations.models import Conversation, Message
from corale.conversations.signing import signature, signs
from corale.people.models import Person
from corale.respond import audiences
from corale.respond.actions.keeping import files_of
from corale.respond.audiences import Shown
from corale.respond.errors import NeedsChoice
from corale.respond.models import Draft, Guideline
from corale.respond.voices import voice_of
from corale.respond.words import CANNOT_ANSWER, UNITS

LANGUAGES = (
    *("en", "it", "de", "fr", "es", "pt", "nl", "pl", "sv", "da", "fi", "cs", "el", "ro", "uk", "tr", "ar", "he", "ja"),
    "zh-hans",
)
AFTER: dict[str, Any] = {
    "send": _("Send"),
    "close": _("Send and close"),
    "snooze:tomorrow": _("Send and snooze until tomorrow"),
    "snooze:week": _("Send and snooze until next week"),
}


@dataclass
class Composer:
    """The composer of one person under one conversation."""

    conversation: Conversation
    me: Person
    limits: Limits
    guideline: Guideline | None
    cannot: str | Promise = ""
    kind: str = Draft.Kind.ANSWER
    body: str = ""
    note: str = ""
    language: str = ""
    seen: int = 0
    reply_to: Message | None = None
    audience: str = ""
    warning: str | None = None
    pictures: list[tuple[StoredFile, str]] = field(default_factory=list)
    split: bool = False
    signs: bool = True
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    saved_at: Any = None
    # what stopped the last attempt
    problem: str | Promise = ""
    overtaken: Sequence[Message] = ()
    choice: NeedsChoice | None = None

    @property
    def unit(self) -> str:
        """As the counter calls it."""
        return UNITS[self.limits.unit]

    @property
    def voice(self) -> Who | None:
        """As whom they speak there, where they do so as themselves."""
        return voice_of(self.conversation.connection, self.me)

    @cached_property
    def audiences(self) -> list[Shown]:
        """Who may read it: as many as could read what it answers, or fewer."""
        return audiences.for_answer(self.conversation, self.reply_to)

    @property
    def for_whom(self) -> Shown:
        """The chosen one."""
        return audiences.chosen(self.audiences, self.audience)

    @property
    def takes_warning(self) -> bool:
        return Can.WARNING in self.conversation.connection.adapter.can

    @property
    def warns(self) -> str:
        """Theirs, until another is written."""
        if self.warning is not None:
            return self.warning
        return str(self.reply_to.extras.get("warning", "")) if self.reply_to else ""

    @property
    def takes_pictures(self) -> bool:
        return Can.IMAGES in self.conversation.connection.adapter.can and len(self.pictures) < self.limits.images

    @property
    def can_split(self) -> bool:
        return Can.SPLIT in self.conversation.connection.adapter.can

    @property
    def signature(self) -> str:
        """The line under the answer, where one is wanted."""
        return signature(self.conversation.connection, self.me)

    @property
    def languages(self) -> list[tuple[str, str]]:
        return languages(self.language)

    @property
    def to(self) -> str:
        """The name of whoever is answered."""
        identity = self.reply_to.identity if self.reply_to else None
        return (identity.name or identity.handle) if identity else str(self.conversation.person or "")

    @property
    def first_name(self) -> str:
        """How a letter would begin."""
        identity, person = self.reply_to.identity if self.reply_to else None, self.conversation.person
        name = identity.name if identity else person.name if person else ""
        return name.split()[0] if name.strip() else ""

    @property
    def after(self) -> str:
        """What the big button did last time."""
        last = self.me.preferences.get("after_sending", "send")
        return last if last in AFTER else "send"

    @property
    def after_label(self) -> Any:
        return AFTER[self.after]

    @property
    def other_ways(self) -> list[tuple[str, Any]]:
        return [(key, label) for key, label in AFTER.items() if key != self.after]

    @property
    def stays(self) -> bool:
        """They chose to stay with the conversation after sending, instead of going to the next."""
        return bool(self.me.preferences.get("stay_after_sending"))


def languages(chosen: str) -> list[tuple[str, str]]:
    """Codes and their own names; the one that is chosen is always among them."""
    codes = dict.fromkeys([*([chosen] if chosen else []), *LANGUAGES])
    return [(code, str(LANG_INFO.get(code, {}).get("name_local", code)).capitalize()) for code in codes]


def composer_of(conversation: Conversation, me: Person, *, seen: int, reply_to: Message | None = None) -> Composer:
    """As it was left: with the drafts, and the newest guideline."""
    drafts = {draft.kind: draft for draft in Draft.objects.filter(conversation=conversation, person=me)}
    answer, note = drafts.get(Draft.Kind.ANSWER), drafts.get(Draft.Kind.NOTE)
    language = answer.language if answer else ""
    target = reply_to or _chosen(conversation, answer) or to_whom(conversation)
    newest = max(drafts.values(), key=lambda draft: draft.saved_at, default=None)
    return Composer(
        conversation=conversation,
        me=me,
        limits=conversation.connection.adapter.limits,
        guideline=Guideline.objects.order_by("-version").first(),
        cannot=why_not(conversation, target),
        kind=newest.kind if newest else Draft.Kind.ANSWER,
        body=answer.body if answer else "",
        note=note.body if note else "",
        language=language or theirs(conversation),
        seen=seen,
        reply_to=target,
        audience=str(answer.extras.get("audience", "")) if answer else "",
        warning=answer.extras.get("warning") if answer else None,
        pictures=files_of(answer),
        signs=signs(me),
        saved_at=newest.saved_at if newest else None,
    )


def _chosen(conversation: Conversation, draft: Draft | None) -> Message | None:
    """What somebody chose to answer, when they began the draft."""
    pk = draft.extras.get("reply_to") if draft else None
    return conversation.messages.filter(pk=pk).select_related("identity").first() if pk else None


def theirs(conversation: Conversation) -> str:
    """The language to answer in: theirs, as they last wrote or as we know them; else the account's."""
    person = conversation.person
    return conversation.language or (person.language if person else "") or conversation.connection.language


def why_not(conversation: Conversation, target: Message | None) -> str | Promise:
    """Why no answer can be given here; empty when one can. A post of ours has none before somebody spoke."""
    connection = conversation.connection
    if Can.REPLY not in connection.adapter.can:
        return CANNOT_ANSWER["channel"]
    if connection.state in (Connection.State.DISCONNECTED, Connection.State.REMOVED):
        return CANNOT_ANSWER["disconnected"]
    return "" if target else CANNOT_ANSWER["nothing"]
