"""The very rows a number rests on: what it counted, for and against, and what it left out and why."""

from __future__ import annotations

from datetime import date, datetime
from random import Random
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from corale.conversations.models import Message
from corale.conversations.withholding import withhold
from corale.design.pages import page
from corale.improve.models import Decision, Theme
from corale.indicator.measures import MEASURES
from corale.indicator.models import Counting, Snapshot
from corale.indicator.views.indicator import days_of, scope_of
from corale.indicator.words import DEFINITIONS, NAMES, REASONS
from corale.people.models import Person
from corale.people.request import PersonRequest

PAGE = 50
STATES = {
    "hit": (Counting.State.HIT, _("Counted for")),
    "miss": (Counting.State.MISS, _("Counted against")),
    "out": (Counting.State.OUT, _("Left out")),
}


@require_GET
def counted(request: PersonRequest, measure: str) -> HttpResponse:
    """One kind of rows of one measure, oldest first; fifty at a time."""
    if measure not in MEASURES:
        raise Http404
    demo, _both = scope_of(request)
    days = days_of(request)
    snapshot = Snapshot.objects.newest(demo=demo, days=days)
    state = request.GET.get("state", "hit")
    if snapshot is None or state not in STATES:
        raise Http404
    rows = Counting.objects.filter(snapshot=snapshot, measure=measure, state=STATES[state][0])
    random = request.GET.get("random") is not None
    shown, later = (_at_random(rows), "") if random else _page(rows, request.GET.get("after", ""))
    context: dict[str, Any] = {
        "measure": measure, "name": NAMES[measure], "definition": DEFINITIONS[measure], "state": state,
        "states": [(key, label) for key, (_value, label) in STATES.items()], "days": days,
        "scope": "demo" if demo else "real", "snapshot": snapshot,
        "rows": _dressed(shown, measure, request.person), "later": later, "random": random,
    }  # fmt: skip
    return page(request, "indicator/rows.html", context, part="counted")


def _page(rows: QuerySet[Counting], after: str) -> tuple[list[Counting], str]:
    ordered = rows.order_by("at", "id")
    if after:
        try:
            at, _, pk = after.rpartition("~")
            moment, number = datetime.fromisoformat(at), int(pk)
        except ValueError:
            raise Http404 from None
        ordered = ordered.filter(at__gte=moment).exclude(at=moment, pk__lte=number)
    found = list(ordered[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], f"{last.at.isoformat()}~{last.pk}" if last else ""


def _at_random(rows: QuerySet[Counting]) -> list[Counting]:
    """Ten that nobody chose: the date is the seed."""
    there = rows.count()
    places = Random(date.today().isoformat()).sample(range(there), min(10, there))  # noqa: S311
    ids = rows.order_by("at", "id").values_list("id", flat=True)
    chosen = [pk for place in places for pk in ids[place : place + 1]]
    return list(Counting.objects.filter(pk__in=chosen).order_by("at", "id"))


def _dressed(rows: list[Counting], measure: str, me: Person) -> list[dict[str, Any]]:
    """Rows with the words, names and titles they point at, in a fixed number of queries. Who did it is not said where
    that would count one colleague's acts."""
    messages = Message.objects.in_bulk([row.message_id for row in rows if row.message_id])
    withhold(messages.values(), me)
    people = [row.person_id for row in rows if row.person_id] + [row.by_id for row in rows if row.by_id]
    persons = Person.objects.in_bulk(people)
    refs = [row.ref for row in rows if row.ref]
    themes: dict[int, Any] = dict(Theme.objects.in_bulk(refs)) if measure == "I1" else {}
    decisions: dict[int, Any] = dict(Decision.objects.in_bulk(refs)) if measure == "I3" else {}
    return [
        {
            "row": row, "message": messages.get(row.message_id or 0), "person": persons.get(row.person_id or 0),
            "by": persons.get(row.by_id or 0), "reason": REASONS.get(row.reason, row.reason),
            "theme": themes.get(row.ref or 0), "decision": decisions.get(row.ref or 0),
        }
        for row in rows
    ]  # fmt: skip
