"""The list: which conversations there are, and what is new since one looked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from corale.channels.models import Connection
from corale.conversations.models import Conversation, Label, Message
from corale.design.pages import page
from corale.people.models import Person
from corale.people.request import PersonRequest
from corale.respond import undo
from corale.respond.errors import QueryProblem
from corale.respond.rows import reading, rows_of
from corale.respond.trays import FIRST, NEWEST, TRAYS
from corale.respond.walking import asked, bounded
from corale.respond.where import Where

MANY_NEW = 100
FIRST_HEARD = 3
MANY_CHOICES = 200


@require_GET
def inbox(request: PersonRequest) -> HttpResponse:
    """A tray of the desk. Everything that makes this page what it is stands in its address."""
    context = list_context(request, Where.of(request.GET.dict()))
    return page(request, "respond/inbox.html", context, part="list", status=400 if context["here"].problem else 200)


def list_context(request: PersonRequest, where: Where, *, current: int | None = None) -> dict[str, Any]:
    """What the list needs, alone or beside a conversation."""
    here, listing = where.page_for(request.person)
    return {
        "here": here,
        "listing": listing,
        "current": current,
        "since": timezone.now().timestamp(),
        "is_first_minute": not listing.rows and _hears_nothing(),
        "undo": undo.offered(request),
        "later": here.at(listing.later) if listing.later else "",
        "earlier": here.at("") if here.after else "",
    }


def _hears_nothing() -> bool:
    """No account is connected and nothing was ever said: whoever looks at this has only just come in."""
    return not Connection.objects.exclude(state=Connection.State.REMOVED).exists()


@require_GET
def heard(request: PersonRequest, connection: int) -> HttpResponse:
    """The newest conversations of one account, for whoever has just connected it."""
    theirs = Conversation.objects.visible_to(request.person).filter(connection=connection)
    newest = theirs.annotate(mark=reading(request.person)).order_by("-last_activity_at", "-id")[:FIRST_HEARD]
    rows = rows_of(newest, TRAYS[FIRST], request.person, NEWEST)
    return page(request, "respond/heard.html", {"rows": rows, "here": Where.of({})}, part="heard")


@require_GET
def news(request: PersonRequest) -> HttpResponse:
    """The bar that says how many are new since the page was read: nothing moves until one asks."""
    here = Where.of(request.GET.dict())
    try:
        since = datetime.fromtimestamp(float(request.GET.get("since", "")), UTC)
        fresh = asked(here.tray, request.person, here.query) if not here.problem and not here.tray.through else None
    except (ValueError, OverflowError, OSError, QueryProblem):
        return HttpResponse(status=204)
    rows = fresh.filter(last_activity_at__gt=since, last_direction=Message.Direction.IN) if fresh is not None else None
    count = bounded(rows, MANY_NEW) if rows is not None else 0
    return render(request, "respond/_news.html", {"here": here, "count": count, "many": count >= MANY_NEW})


@require_GET
def choices(request: PersonRequest) -> HttpResponse:
    """To whom, or which labels: asked when the menu of a selection opens."""
    of = request.GET.get("of")
    everybody = Person.objects.colleagues_by_name(MANY_CHOICES) if of == "assign" else []
    colleagues = [colleague for colleague in everybody if colleague.pk != request.person.pk]
    labels = Label.objects.order_by("name")[:MANY_CHOICES]
    context = {"colleagues": colleagues, "labels": labels if of == "label" else []}
    return render(request, "respond/_choices.html", context)
