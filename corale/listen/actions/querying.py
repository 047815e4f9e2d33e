"""Saying what to listen for."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from corale.ledger.audit import audit
from corale.listen.actions.filtering import begin
from corale.listen.actions.looking_back import END, begin_again, look_again
from corale.listen.errors import Nothing, NotPermitted
from corale.listen.models import Mute, Query
from corale.listen.policies import may_change, may_listen
from corale.people.models import Identity, Person


@transaction.atomic
def make(fields: dict[str, Any], *, by: Person) -> Query:
    """A new query: from now on it hears what comes, and it begins to look back. Raises Nothing, NotPermitted."""
    if not may_listen(by):
        raise NotPermitted
    query = Query(**fields, by=by)
    if not query.wanted.says_something:
        raise Nothing
    begin()
    query.save()
    _listen_anew(query)
    audit(by.user, "query.made", target=f"query:{query.pk}", name=query.name)
    return query


@transaction.atomic
def change(query: Query, fields: dict[str, Any], *, by: Person) -> None:
    """What it had found and still wants keeps having been seen; what it did not want before counts as seen."""
    query = _mine(query, by)
    before, was_called = query.wanted, query.name
    for name, value in fields.items():
        setattr(query, name, value)
    if not query.wanted.says_something:
        raise Nothing
    if query.wanted != before:
        query.fresh_from = timezone.now()
        _listen_anew(query)
    query.save(update_fields=[*fields, "fresh_from", "again_below"])
    if query.wanted != before or query.name != was_called:
        audit(by.user, "query.changed", target=f"query:{query.pk}", name=query.name)


@transaction.atomic
def archive(query: Query, *, by: Person, archived: bool = True) -> None:
    """Out of use, or back: then it also looks for what came meanwhile."""
    query = _mine(query, by)
    if (query.archived_at is not None) == archived:
        return
    query.archived_at = timezone.now() if archived else None
    _listen_anew(query)
    query.save(update_fields=["archived_at", "again_below"])
    verb = "query.put_away" if archived else "query.taken_up"
    audit(by.user, verb, target=f"query:{query.pk}", name=query.name)


@transaction.atomic
def mute(query: Query, *, by: Person, identity: Identity | None = None, site: str = "") -> Mute:
    """This query does not hear of them any more; what it found goes out of its stream, the newest at once."""
    if not may_listen(by):
        raise NotPermitted
    muted, made = Mute.objects.get_or_create(
        query=query, identity=identity, site=site, ended_at=None, defaults={"by": by}
    )
    if made:
        _sort_out(query)
        audit(by.user, "query.muted", target=f"query:{query.pk}", name=query.name, whom=str(muted))
    return muted


@transaction.atomic
def unmute(muted: Mute, *, by: Person) -> None:
    """What was found of them before is there again."""
    if not may_listen(by):
        raise NotPermitted
    if Mute.objects.filter(pk=muted.pk, ended_at=None).update(ended_at=timezone.now()):
        begin_again(muted.query)  # what they said meanwhile was not kept
        _sort_out(muted.query)
        audit(by.user, "query.unmuted", target=f"query:{muted.query_id}", name=muted.query.name, whom=str(muted))


def _mine(query: Query, by: Person) -> Query:
    """Locked: two who change it do so one after the other."""
    if not may_change(query, by):
        raise NotPermitted
    return Query.objects.select_for_update().get(pk=query.pk)


def _listen_anew(query: Query) -> None:
    begin_again(query)
    _count_on(query)


def _sort_out(query: Query) -> None:
    """The newest page of what it found now, the rest by the worker."""
    query.again_below = END
    _count_on(query)
    Query.objects.filter(pk=query.pk).update(again_below=END)
    look_again(query)


def _count_on(query: Query) -> None:
    Query.objects.filter(pk=query.pk).update(edition=F("edition") + 1)
    query.refresh_from_db(fields=["edition"])
