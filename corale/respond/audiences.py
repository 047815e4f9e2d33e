"""Who may read something, as pages say it: in shape and words, not only in colour."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corale.channels.audiences import within
from corale.channels.contract import Can
from corale.channels.models import Connection
from corale.conversations.actions.going_private import audience_of
from corale.conversations.models import Conversation, Message

LONGEST_WARNING = 300


@dataclass(frozen=True, slots=True)
class Shown:
    """One audience: its sign, its name, and what it means."""

    key: str
    icon: str
    word: Promise
    means: Promise


SHOWN = {
    "public": Shown(
        "public", "globe", pgettext_lazy("audience", "Public"), _("everybody may read it and come across it")
    ),
    "unlisted": Shown(
        "unlisted",
        "moon",
        pgettext_lazy("audience", "Unlisted"),
        _("everybody may read it, and public lists leave it out"),
    ),
    "followers": Shown(
        "followers",
        "people",
        pgettext_lazy("audience", "Followers"),
        _("followers may read it, and whoever is named in it"),
    ),
    "direct": Shown(
        "direct", "lock", pgettext_lazy("audience", "Direct"), _("only whoever is named in it may read it")
    ),
}


def shown(audience: str) -> Shown:
    """What nobody has heard of is private."""
    return SHOWN.get(audience, SHOWN["direct"])


def choices(connection: Connection, widest: str) -> list[Shown]:
    """What may be chosen here, the widest first; one alone where the channel knows no other, or nothing is narrower."""
    if Can.AUDIENCE not in connection.adapter.can:
        return [shown(widest)]
    return [shown(each) for each in within(widest)]


def chosen(offered: list[Shown], key: str) -> Shown:
    """The one that was chosen; the widest where it is not offered."""
    return next((each for each in offered if each.key == key), offered[0])


def for_answer(conversation: Conversation, target: Message | None) -> list[Shown]:
    """Those that an answer may have: as wide as what it answers, and narrower."""
    return choices(conversation.connection, audience_of(conversation, target))


def warning_in(said: str) -> str:
    """What stands before the words, as a form sent it."""
    return said.replace("\x00", "").strip()[:LONGEST_WARNING]
