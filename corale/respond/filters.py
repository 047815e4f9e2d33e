"""What a typed query asks, as conditions on conversations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import F, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from corale.conversations.models import Label, Labelling
from corale.people.models import Identity, Person
from corale.respond.errors import QueryProblem
from corale.respond.grammar import Query, Term, moment
from corale.search import find

PERSONS = 500
MESSAGES = 2000
PRIORITIES = {"low": -1, "normal": 0, "high": 1, "urgent": 2}


def conditions(query: Query, me: Person) -> Q:
    """Everything the query asks, joined by AND. Columns are those of a conversation."""
    found = Q()
    for term in query.terms:
        asked = reduce(or_, (_CONDITIONS[term.field](term, value, me) for value in term.values))
        found &= ~asked if term.negated else asked
    return found


def _state(term: Term, value: str, me: Person) -> Q:
    return Q(state=value)


def _priority(term: Term, value: str, me: Person) -> Q:
    return Q(priority=PRIORITIES[value])


def _channel(term: Term, value: str, me: Person) -> Q:
    return Q(connection__kind=value.lower()) | Q(connection__handle__iexact=value.lstrip("@"))


def _language(term: Term, value: str, me: Person) -> Q:
    return Q(language__istartswith=value)


def _from(term: Term, value: str, me: Person) -> Q:
    """By beginning of a name or of a handle, which an index can walk; at most some hundreds of persons."""
    value = value.removeprefix("@")
    named = Person.objects.filter(Q(name__istartswith=value) | Q(name__icontains=f" {value}")).values_list("pk")
    handled = Identity.objects.filter(handle__istartswith=value).values_list("person_id")
    ids = [pk for (pk,) in [*named[:PERSONS], *handled[:PERSONS]]]
    return Q(person_id__in=sorted(set(ids)))


def _assignee(term: Term, value: str, me: Person) -> Q:
    if value.lower() == "me":
        return Q(assignee=me)
    if value.lower() in ("none", "nobody"):
        return Q(assignee=None)
    return Q(assignee__in=Person.objects.colleagues().filter(name__icontains=value).values("pk"))


def _label(term: Term, value: str, me: Person) -> Q:
    label = Label.objects.filter(name__iexact=value).first()
    if label is None:
        raise QueryProblem(format_lazy(_("There is no label “{name}”."), name=value), str(term))
    return Q(pk__in=Labelling.objects.filter(label=label).values("conversation_id"))


def _is(term: Term, value: str, me: Person) -> Q:
    return {
        "unread": Q(last_inbound_id__gt=F("reading__message_id")) | Q(last_inbound_id__isnull=False, reading=None),
        "direct": Q(direct=True),
        "public": Q(direct=False),
        "assigned": Q(assignee__isnull=False),
        "unassigned": Q(assignee=None),
        "unanswered": Q(waiting_since__isnull=False),
        "answered": Q(waiting_since=None, last_direction=1),
    }[value]


def _created(term: Term, value: str, me: Person) -> Q:
    return _time("created_at", term, value)


def _active(term: Term, value: str, me: Person) -> Q:
    return _time("last_activity_at", term, value)


def _time(column: str, term: Term, value: str) -> Q:
    """`>7d` is younger than seven days, `<2026-03-01` before that day; without either it is the day itself."""
    since = moment(value)
    if term.operator:
        return Q(**{f"{column}__{'lt' if term.operator == '<' else 'gte'}": since})
    return Q(**{f"{column}__gte": since, f"{column}__lt": since + timedelta(days=1)})


def _words(term: Term, value: str, me: Person) -> Q:
    """Conversations among the newest messages that say it; a star at the end stands for any ending."""
    asked = value if value.endswith("*") else f'"{value}"'
    return Q(pk__in=sorted({hit.conversation_id for hit in find.newest(asked, limit=MESSAGES)}))


_CONDITIONS: dict[str, Callable[[Term, str, Person], Q]] = {
    "": _words,
    "state": _state,
    "priority": _priority,
    "is": _is,
    "from": _from,
    "channel": _channel,
    "assignee": _assignee,
    "label": _label,
    "language": _language,
    "created": _created,
    "active": _active,
}
