"""Where somebody asked, and whether they can be told there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corale.channels.contract import Can
from corale.channels.models import Connection
from corale.conversations.models import Message
from corale.improve.models import Decision, Voice
from corale.people.models import Person

SEEN = (Message.State.VISIBLE, Message.State.EDITED)
SAID = (Message.Direction.IN, Message.Direction.ASIDE)

REASONS = {
    "message_gone": _("What they wrote can no longer be seen there."),
    "account_gone": _("Their account can no longer be reached."),
    "disconnected": _("Our account on that channel is not connected."),
    "cannot_reply": _("One cannot answer on that channel."),
    "unknown": _("Nobody knows whether it arrived: look there before saying it again."),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One person who asked, and the last thing of theirs that we can answer, or why there is none."""

    person: Person
    asked: Message
    last: Message | None
    obstacle: str = ""


def who_asked(decision: Decision) -> list[Place]:
    """Each person behind the theme or the evidence, once, with the place where they asked last."""
    asked = _asked(decision)
    last = _last_words(asked)
    places: dict[int, Place] = {}
    for message in asked:  # newest first: the first place where they can be told wins
        person = message.identity.person if message.identity else None
        if person is None or person.erased_at or ((place := places.get(person.pk)) and not place.obstacle):
            continue
        found = last.get((message.conversation_id, person.pk))
        obstacle = obstacle_to(found)
        if person.pk not in places or not obstacle:
            places[person.pk] = Place(person, message, found, obstacle)
    return [places[pk] for pk in sorted(places)]


def obstacle_to(message: Message | None) -> str:
    """Why one cannot answer this message; empty when one can."""
    if message is None or message.state not in SEEN:
        return "message_gone"
    if message.identity is None or not message.identity.reachable:
        return "account_gone"
    if message.connection.state != Connection.State.ACTIVE:
        return "disconnected"
    return "" if Can.REPLY in message.connection.adapter.can else "cannot_reply"


def _asked(decision: Decision) -> list[Message]:
    voices = Voice.objects.filter(theme=decision.theme_id, removed_at=None).values("message")
    both = Message.objects.filter(Q(pk__in=voices) | Q(pk__in=decision.evidence.values("message")))
    people = both.filter(identity__isnull=False, identity__ours=False, identity__person__user=None)
    return list(people.select_related("identity__person", "connection", "conversation").order_by("-received_at", "-pk"))


def _last_words(asked: Iterable[Message]) -> dict[tuple[int, int], Message]:
    conversations = {message.conversation_id for message in asked}
    persons = {message.identity.person_id for message in asked if message.identity}
    words = Message.objects.filter(
        conversation__in=conversations, identity__person__in=persons, direction__in=SAID, state__in=SEEN
    ).select_related("identity__person", "connection", "conversation")
    return {
        (message.conversation_id, message.identity.person_id): message
        for message in words.order_by("written_at", "pk")
        if message.identity
    }
