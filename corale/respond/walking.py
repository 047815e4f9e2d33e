"""Walking down a list: fifty rows at a time, however many conversations there are.

A keyset instead of an offset: the place where a page ends is the address of the next one. An index walks one state (of
one channel, or of one label) in the order of the list; when several are asked for, each is walked on its own and the
pages are merged, because no index has them in one order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

from django.db.models import F, Q

from corale.conversations.models import Conversation, Label
from corale.conversations.policies import may_see_everything, open_to
from corale.people.models import Person
from corale.respond.filters import conditions, driving_connections, driving_label, states_asked
from corale.respond.grammar import Query, Term
from corale.respond.rows import Row, add_labels, place_of, read_place, reading, rows_of
from corale.respond.trays import NEWEST, Rows, Sort, Tray

PAGE = 50
MOST_WALKS = 12


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of rows, and where the next begins; empty when this is the end."""

    rows: list[Row]
    later: str = ""


@dataclass(frozen=True, slots=True)
class Walk:
    """One way through an index: what is the same in all its rows."""

    state: str | None = None
    connection: int | None = None
    label: Label | None = None


def listing(tray: Tray, me: Person, query: Query, sort: Sort, after: str = "", limit: int = PAGE) -> Listing:
    """One page, from the place `after` on."""
    walks, answered = _walks(tray, query, sort)
    wanted = conditions(query, me, without=answered)
    found = [
        row
        for walk in walks
        for row in rows_of(_walked(tray, me, wanted, sort, walk, after)[: limit + 1], tray, me, sort)
    ]
    if len(walks) > 1:
        found.sort(key=lambda row: (row.place_at, row.place_id), reverse=not sort.ascending)
    page = found[:limit]
    add_labels(page)
    return Listing(page, page[-1].place if len(found) > limit and page else "")


def asked(tray: Tray, me: Person, query: Query) -> Rows:
    """What the tray holds and the query asks, in no order."""
    rows = _seen(tray, me)
    states = states_asked(query, tray.states)
    wanted = conditions(query, me, without=[term for term in query.terms if term.field == "state"])
    if states:
        wanted &= Q(state=states[0]) if len(states) == 1 else Q(state__in=states)
    return rows.filter(_through(tray, me, wanted))


def _walks(tray: Tray, query: Query, sort: Sort) -> tuple[list[Walk], list[Term]]:
    """The ways to walk, and the terms that they answer already."""
    answered = [term for term in query.terms if term.field == "state"]
    if tray.through:
        return [Walk()], []
    states: Sequence[str | None] = states_asked(query, tray.states) or [None]
    label, labelled = driving_label(query) if sort == NEWEST else (None, None)
    if label is not None and labelled is not None and None not in states:
        return [Walk(state, label=label) for state in states], [*answered, labelled]
    connections, connected = driving_connections(query)
    if connected is not None and tray.key != "mine" and len(states) * len(connections) <= MOST_WALKS:
        return [Walk(*both) for both in product(states, connections)], [*answered, connected]
    return [Walk(state) for state in states], answered


def _walked(tray: Tray, me: Person, wanted: Q, sort: Sort, walk: Walk, after: str) -> Rows:
    rows = _seen(tray, me)
    column, number = sort.column, "id"
    if walk.label is not None:
        rows = rows.filter(labellings__label=walk.label, labellings__state=walk.state)
        rows = rows.annotate(labelled_at=F("labellings__last_activity_at"), labelled=F("labellings__conversation_id"))
        column, number = "labelled_at", "labelled"
    elif walk.state is not None:
        rows = rows.filter(state=walk.state)
    if walk.connection is not None:
        rows = rows.filter(connection_id=walk.connection)
    rows = rows.filter(_through(tray, me, wanted), **{f"{column}__isnull": False})
    sign = "" if sort.ascending else "-"
    return _from_place(rows, column, number, sort, after).order_by(f"{sign}{column}", f"{sign}{number}")


def _seen(tray: Tray, me: Person) -> Rows:
    """Its rows; a draft or a message of one's own in what became private to others is not shown."""
    rows: Rows = tray.rows(me).annotate(mark=reading(me, tray.through))
    if tray.through and not may_see_everything(me):
        rows = rows.filter(open_to(me, tray.through.removesuffix("__")))
    return rows


def _through(tray: Tray, me: Person, wanted: Q) -> Q:
    """The conditions of a conversation, for rows that point at one."""
    if not tray.through or not wanted:
        return wanted
    fitting: Rows = Conversation.objects.annotate(mark=reading(me)).filter(wanted)
    return Q(conversation_id__in=fitting.values("pk"))


def _from_place(rows: Rows, column: str, number: str, sort: Sort, after: str) -> Rows:
    """The first condition is the one an index walks, the second sets those of the same moment apart."""
    place = read_place(after)
    if place is None:
        return rows
    at, last = place
    side = "gt" if sort.ascending else "lt"
    return rows.filter(Q(**{f"{column}__{side}e": at})).filter(
        Q(**{f"{column}__{side}": at}) | Q(**{f"{number}__{side}": last})
    )


def bounded(rows: Rows, most: int = 1000) -> int:
    """Exact below `most`, and `most` for everything above: what a count costs does not grow."""
    return rows.order_by().values("pk")[:most].count()


def next_after(tray: Tray, me: Person, query: Query, sort: Sort, conversation: Conversation) -> Row | None:
    """The row that follows a conversation in the list; the first one when it does not stand there."""
    at = getattr(conversation, sort.column, None) if not tray.through else None
    place = place_of(at, conversation.pk) if at else ""
    step = partial(listing, tray, me, query, sort, limit=2)
    for found in (step(place), step("")):
        for row in found.rows:
            if row.id != conversation.pk:
                return row
    return None
