"""A conversation: the thread, the composer, the person; the list it was opened from stays at its side."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from corale.accounts.policies import is_coordinator
from corale.channels.contract import Can
from corale.conversations.actions import quarantining
from corale.conversations.models import Conversation, Label, Labelling, Message, ReadMark
from corale.design.pages import page
from corale.lib.numbers import whole_number
from corale.people.models import Person
from corale.people.request import PersonRequest
from corale.respond.card import card_of
from corale.respond.composer import Composer, composer_of
from corale.respond.lines import as_html
from corale.respond.models import Presence
from corale.respond.rows import one_row
from corale.respond.thread import thread_of
from corale.respond.views.inbox import list_context
from corale.respond.where import Where
from corale.respond.words import HELD


@require_GET
def conversation(request: PersonRequest, pk: int) -> HttpResponse:
    """The whole page, where everything can be read and answered without scripts."""
    return whole(request, visible(request, pk))


@require_GET
def thread(request: PersonRequest, pk: int) -> HttpResponse:
    """The thread, its head and what stands beside it, after something changed; the composer is left alone."""
    found = visible(request, pk)
    context = head_context(request, found) | thread_context(request, found)
    card = card_of(found, request.person)
    meets = card is not None and str(card.person.pk) != request.GET.get("knows")  # the page began without them
    context |= {"here": Where.of(request.GET.dict()), "card": card, "meets": meets}
    return render(request, "respond/_thread_again.html", context)


@require_GET
def presence(request: PersonRequest, pk: int) -> HttpResponse:
    """Who else is there."""
    found = visible(request, pk)
    return render(request, "respond/_presence.html", {"conversation": found, "present": present(request, found)})


@require_GET
def row(request: PersonRequest, pk: int) -> HttpResponse:
    """One line of the list again, where it stands; nothing else moves."""
    here = Where.of(request.GET.dict())
    found = one_row(pk, request.person)
    if found is None:
        raise Http404
    return HttpResponse(as_html([found], here, whole_number(request.GET.get("current", ""))))


def whole(
    request: PersonRequest, found: Conversation, *, composer: Composer | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    """The page, with a composer that says what stopped it, or as it was left."""
    context = head_context(request, found) | thread_context(request, found)
    seen = context["newest"]
    composer = composer or composer_of(found, request.person, seen=seen, reply_to=_reply_to(request, found))
    context |= list_context(request, Where.of(request.GET.dict()), current=found.pk)
    names = [colleague.name for colleague in context["colleagues"] if colleague.pk != request.person.pk]
    context |= {
        "composer": composer,
        "card": card_of(found, request.person),
        "colleague_names": json.dumps(names),
        **more,
    }
    return page(request, "respond/conversation.html", context, status=status)


def visible(request: PersonRequest, pk: int) -> Conversation:
    """The conversation, or 404 for those who may not see it."""
    rows = Conversation.objects.visible_to(request.person)
    found = rows.select_related("connection", "person", "identity", "assignee", "continues").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def head_context(request: PersonRequest, found: Conversation) -> dict[str, Any]:
    """What stands above the thread: state, labels, who else is there."""
    labels = Labelling.objects.filter(conversation=found).order_by("id")
    return {
        "conversation": found,
        "labels": list(labels.values_list("label_id", "label__name", "label__colour")),
        "present": present(request, found),
        "priorities": Conversation.Priority.choices,
        "colleagues": colleagues(),
        "all_labels": all_labels(),
        "decides": is_coordinator(request.user),
        "held": HELD.get(quarantining.why(found), HELD[""]) if found.state == Conversation.State.QUARANTINE else "",
        "may_report": is_coordinator(request.user) and Can.REPORT in found.connection.adapter.can,
    }


def thread_context(request: PersonRequest, found: Conversation) -> dict[str, Any]:
    marks = ReadMark.objects.filter(person=request.person, conversation=found)
    read = marks.values_list("message_id", flat=True).first()
    asked = {name: whole_number(request.GET.get(name, "")) for name in ("before", "at", "whole")}
    shown = thread_of(found, request.person, **asked, read_up_to=read or 0)
    newest = shown.last_id if shown.is_latest else (found.last_message_id or 0)
    return {"thread": shown, "newest": max(newest, found.last_message_id or 0) if shown.is_latest else newest}


def present(request: PersonRequest, found: Conversation) -> list[Presence]:
    """Colleagues who look at it or write now, the writing ones first."""
    others = Presence.objects.now().filter(conversation=found).exclude(person=request.person)
    return list(others.select_related("person").order_by("-doing", "person_id")[:8])


def colleagues() -> list[Person]:
    return Person.objects.colleagues_by_name()


def all_labels() -> list[Label]:
    return list(Label.objects.order_by("name")[:200])


def _reply_to(request: PersonRequest, found: Conversation) -> Message | None:
    pk = whole_number(request.GET.get("reply", ""))
    return Message.objects.filter(conversation=found, pk=pk).select_related("identity").first() if pk else None
