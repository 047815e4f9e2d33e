"""Telling colleagues that somebody looks at a conversation, or writes."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from corale.conversations.models import Conversation
from corale.live import publish
from corale.people.models import Person
from corale.respond.models import Presence


@transaction.atomic
def be_there(conversation: Conversation, *, by: Person, doing: str) -> None:
    """Said every twenty seconds by an open page; colleagues are told only when it is news."""
    now = timezone.now()
    doing = doing if doing in Presence.Doing.values else Presence.Doing.LOOKING
    known = Presence.objects.filter(conversation=conversation, person=by).first()
    if known is None:
        Presence.objects.update_or_create(conversation=conversation, person=by, defaults={"doing": doing, "at": now})
    else:
        Presence.objects.filter(pk=known.pk).update(doing=doing, at=now)
    if known is None or known.doing != doing or known.at < now - Presence.LASTS:
        _tell(conversation, by)


@transaction.atomic
def leave(conversation: Conversation, *, by: Person) -> None:
    """They looked away."""
    if Presence.objects.filter(conversation=conversation, person=by).delete()[0]:
        _tell(conversation, by)


def _tell(conversation: Conversation, by: Person) -> None:
    publish(f"conversation:{conversation.pk}", {"change": "presence", "by": str(by.pk)})
