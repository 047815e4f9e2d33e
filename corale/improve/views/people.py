"""What a person said to us anywhere, what became of it, and what they were told: pieces of their page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from corale.conversations.models import Conversation, Message
from corale.improve import reading
from corale.improve.models import Theme, Voice
from corale.people.models import Person
from corale.people.request import PersonRequest
from corale.store import keyset

SHOWN = (Message.Direction.IN, Message.Direction.OUT, Message.Direction.ASIDE)
PAGE = 30
MANY = 200
NEWEST = ("-written_at", "-pk")


def person(request: PersonRequest, pk: int) -> HttpResponse:
    """The themes they spoke in, and what they were told."""
    who = get_object_or_404(Person.objects.visible_to(request.person), pk=pk)
    context = {
        "person": who,
        "gathered": _gathered(request),
        "themes": Theme.objects.visible_to(request.person)
        .filter(voices__person=who, voices__removed_at=None)
        .distinct(),
        "reports": reading.told_in_sight(request.person)
        .filter(person=who)
        .select_related("decision")
        .order_by("-pk")[:PAGE],
    }
    return render(request, "improve/_person.html", context)


def _gathered(request: PersonRequest) -> dict[int, list[Theme]]:
    """The themes of each message of the conversation beside which this is shown."""
    pk = request.GET.get("conversation", "")
    if not pk.isascii() or not pk.isdigit() or len(pk) > 18:
        return {}
    seen = Voice.objects.filter(message__conversation=Conversation.objects.visible_to(request.person).filter(pk=pk)[:1])
    seen = seen.filter(removed_at=None, theme__in=Theme.objects.visible_to(request.person)).select_related("theme")
    themes: dict[int, list[Theme]] = {}
    for voice in seen.order_by("-pk")[:MANY]:
        themes.setdefault(voice.message_id, []).append(voice.theme)
    return themes


def timeline(request: PersonRequest, pk: int) -> HttpResponse:
    """Everything said between them and us, on every channel, newest first."""
    who = get_object_or_404(Person.objects.visible_to(request.person), pk=pk)
    after, readable = request.GET.get("after", ""), reading.readable(request.person).select_related("by")
    theirs = readable.filter(identity__in=list(who.identities.values_list("pk", flat=True)), direction__in=SHOWN)
    ours = readable.filter(conversation__person=who, direction=Message.Direction.OUT)
    both = [row for part in (theirs, ours) for row in keyset.cut(part, NEWEST, after, size=PAGE + 1).rows]
    rows = sorted(both, key=lambda row: (row.written_at, row.pk), reverse=True)
    later = keyset.address(rows[PAGE - 1], NEWEST) if len(rows) > PAGE else ""
    return render(request, "improve/_timeline.html", {"person": who, "rows": rows[:PAGE], "later": later})
