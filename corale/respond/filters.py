"""What a typed query asks, as conditions on conversations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Exists, F, OuterRef, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from corale.channels.models import Connection
from corale.conversations.models import Label, Labelling
from corale.people.models import Identity, Person
from corale.respond.errors import QueryProblem
from corale.respond.grammar import STATES, Query, Term, moment
from corale.search import find

PERSONS = 500
PERSON = 1  # in the index
MESSAGES = 2000
PRIORITIES = {"low": -1, "normal": 0, "high": 1, "urgent": 2}


def conditions(query: Query, me: Person, without: Sequence[Term] = ()) -> Q:
    """Everything the query asks, joined by AND. Columns are those of a conversation."""
    found = Q()
    for term in query.terms:
        if term in without:
            continue
        asked = reduce(or_, (_CONDITIONS[term.field](term, value, me) for value in term.values))
        found &= ~asked if term.negated else asked
    return found


def states_asked(query: Query, usually: Sequence[str] = ()) -> list[str]:
    """The states a list shows: those the query names, else those of the tray; none means any."""
    terms = [term for term in query.terms if term.field == "state"]
    if not terms:
        return list(usually)
    return [state for state in STATES if all((state in term.values) != term.negated for term in terms)] or ["none"]


def driving_label(query: Query) -> tuple[Label | None, Term | None]:
    """The one label a list can be walked by: its rows carry state and time."""
    term = next((t for t in query.terms if t.field == "label" and not t.negated and len(t.values) == 1), None)
    return (_label_named(term.values[0], term), term) if term else (None, None)


def driving_connections(query: Query) -> tuple[list[int], Term | None]:
    """The accounts of the one condition on channels, to be walked one by one."""
    term = next((t for t in query.terms if t.field == "channel" and not t.negated), None)
    if term is None:
        return [], None
    asked = reduce(or_, (_account(value) for value in term.values))
    return list(Connection.objects.filter(asked).values_list("pk", flat=True)) or [0], term


def _state(term: Term, value: str, me: Person) -> Q:
    return Q(state=value)


def _priority(term: Term, value: str, me: Person) -> Q:
    return Q(priority=PRIORITIES[value])


def _channel(term: Term, value: str, me: Person) -> Q:
    return Q(connection_id__in=list(Connection.objects.filter(_account(value)).values_list("pk", flat=True)))


def _account(value: str) -> Q:
    """By kind of channel, or by the name of our account there."""
    return Q(kind=value.lower()) | Q(handle__iexact=value.lstrip("@"))


def _language(term: Term, value: str, me: Person) -> Q:
    return Q(language__istartswith=value)


def _from(term: Term, value: str, me: Person) -> Q:
    """By beginning of a name or of a handle, which an index can walk; at most some hundreds of persons."""
    value = value.removeprefix("@")
    if ids := find.names(value, kind=PERSON, limit=PERSONS):
        return Q(person_id__in=ids)
    # Nobody is called like this, or the index has not read them yet.
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
    """Asked of each row on its way: a common label is found at once, and its rows are never listed in full."""
    on_it = Labelling.objects.filter(conversation_id=OuterRef("pk"), label=_label_named(value, term))
    return Q(Exists(on_it))


def _label_named(value: str, term: Term) -> Label:
    label = Label.objects.filter(name__iexact=value).first()
    if label is None:
        raise QueryProblem(format_lazy(_("There is no label “{name}”."), name=value), str(term))
    return label


def _is(term: Term, value: str, me: Person) -> Q:
    return {
        "unread": Q(last_inbound_id__gt=F("mark__message_id")) | Q(last_inbound_id__isnull=False, mark=None),
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
