"""Search over everything: messages and notes, people, themes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from corale.channels.keys import key_of
from corale.channels.models import Connection
from corale.conversations.models import Conversation, Message
from corale.design.pages import page
from corale.people.request import PersonRequest
from corale.respond.errors import QueryProblem
from corale.search.find import RANKED_AMONG
from corale.web import finding
from corale.web.finding import Asked, Found

BEST = "best"
AROUND = 15  # messages that are shown after the one that was found, where the thread is long
SHOWN_AT_ONCE = 30


@require_safe
def search(request: PersonRequest) -> HttpResponse:
    """`?q=` words and filters as in the inbox; `?sort=best`; `?before=` an entry of the index to go on from."""
    asked, sort = Asked.of(request.GET.get("q", "")), request.GET.get("sort", "")
    before = _number(request.GET.get("before", ""))
    problem, found = asked.problem, Found()
    try:
        if asked.has_words and not problem:
            found = _found(request, asked, sort, before)
    except QueryProblem as met:
        problem = met.message
    context = {"asked": asked, "found": found, "problem": problem, "is_best": sort == BEST, "ranked": RANKED_AMONG}
    context |= _addresses(asked, found, sort, before)
    return page(request, "web/search.html", context, part="found", status=400 if problem else 200)


def _found(request: PersonRequest, asked: Asked, sort: str, before: int | None) -> Found:
    me = request.person
    found = finding.best(asked, me) if sort == BEST else finding.newest(asked, me, before)
    if before is None:
        finding.named(asked, me, found)
    return found


def _addresses(asked: Asked, found: Found, sort: str, before: int | None) -> dict[str, Any]:
    here = {"q": asked.typed}
    return {
        "by_newest": f"?{urlencode(here)}",
        "by_best": f"?{urlencode(here | {'sort': BEST})}",
        "older": f"?{urlencode(here | {'before': found.onward})}" if found.onward and sort != BEST else "",
        "first": f"?{urlencode(here)}" if before is not None else "",
        "in_the_list": f"{reverse('respond:inbox')}?{urlencode(here)}",
    }


@require_safe
def palette(request: PersonRequest) -> HttpResponse:
    """A few pieces for the palette: people and themes of that name, and the way to the messages."""
    asked = Asked.of(request.GET.get("q", "")[:200])
    found = Found()
    if asked.has_words and not asked.problem:
        finding.named(asked, request.person, found, limit=5)
    return render(request, "web/_palette.html", {"asked": asked, "found": found})


@require_safe
def message(request: PersonRequest, pk: int) -> HttpResponse:
    """To the place of a message in its conversation, however far up it stands."""
    visible = Conversation.objects.visible_to(request.person)
    found = Message.objects.filter(pk=pk, conversation__in=visible).only("conversation_id", "written_at").first()
    if found is None:
        raise Http404
    after = Message.objects.filter(conversation=found.conversation_id, written_at__gte=found.written_at).exclude(
        written_at=found.written_at, pk__lte=pk
    )
    later = list(after.order_by("written_at", "id").values_list("pk", flat=True)[:SHOWN_AT_ONCE])
    place = f"?before={later[AROUND]}" if len(later) == SHOWN_AT_ONCE else ""
    return redirect(f"{reverse('respond:conversation', args=[found.conversation_id])}{place}#m{pk}")


@require_safe
def there(request: PersonRequest) -> HttpResponse:
    """`?id=` as the network calls a message: to its place here, or to the search when it is not here (yet)."""
    places = list(Connection.objects.values_list("pk", flat=True))  # few; with them, the unique index finds it
    known = Message.objects.filter(connection__in=places, key=key_of(request.GET.get("id", "")[:1000]))
    visible = known.filter(conversation__in=Conversation.objects.visible_to(request.person))
    found = visible.order_by("pk").values_list("pk", flat=True).first()
    return redirect("search:message", found) if found is not None else redirect("search:search")


def _number(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None
