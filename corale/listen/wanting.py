"""Recent messages of others that want something, by how they were read or what a colleague said of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from corale.conversations.models import Conversation, Message
from corale.listen.heard import SAID_BY_OTHERS
from corale.listen.models import Reading
from corale.listen.shown import Shown, corrections

WANTS = frozenset({"question", "help", "complaint", "idea"})
LOOKED_AT = 300_000  # of the newest messages
_PAGE = 2000
_AWAY = (Conversation.State.SPAM, Conversation.State.TRASH, Conversation.State.QUARANTINE)
_SEEN = (Message.State.VISIBLE, Message.State.EDITED)


@dataclass(frozen=True, slots=True)
class Wanting:
    """Somebody outside the company wants something. `language` is "" when that is not sure."""

    message: int
    person: int
    language: str
    text: str
    at: datetime
    demo: bool


def wanting(since: datetime, most: int) -> Iterator[Wanting]:
    """Newest first, at most `most`; a page at a time. Nothing private, nothing that is only passed on."""
    below, looked_at, given = 0, 0, 0
    while looked_at < LOOKED_AT and (page := _page(below)):
        below, looked_at = page[-1].pk, looked_at + len(page)
        said = corrections({each.near for each in page}, set())
        for each in page:
            last = said.get(each.near)
            read = Shown(each, last, dict(last.said) if last else {})
            if each.message.written_at >= since and WANTS.intersection(read.intents):
                yield _wanting(each, read.language)
                given += 1
                if given == most:
                    return


def _wanting(each: Reading, language: str) -> Wanting:
    message = each.message
    person = message.identity.person_id if message.identity else 0
    return Wanting(message.pk, person, language, message.text, message.written_at, message.conversation.demo)


def _page(below: int) -> list[Reading]:
    found: QuerySet[Reading] = Reading.objects.filter(
        message__direction__in=SAID_BY_OTHERS, message__state__in=_SEEN, message__conversation__direct=False,
        message__identity__ours=False, message__identity__person__user=None, message__identity__person__erased_at=None,
    )  # fmt: skip
    found = found.exclude(message__echo__is_passed_on=True).exclude(message__conversation__state__in=_AWAY)
    if below:
        found = found.filter(pk__lt=below)
    found = found.select_related("message__identity", "message__conversation").only(
        "version", "language", "language_chance", "chances", "near", "message__text", "message__written_at",
        "message__identity__person_id", "message__conversation__demo",
    )  # fmt: skip
    return list(found.order_by("-pk")[:_PAGE])
