"""The sieve of all queries in use: made again when one of them, or whom it mutes, has changed."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Max, Sum

from corale.listen.matching.sieve import Sieve
from corale.listen.matching.wanted import Wanted
from corale.listen.models import Mute, Query

Version = tuple[Any, ...]
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Current:
    """`version` changes with every change of any query; `fresh_from`, by query: what arrived before counts as seen."""

    version: Version
    sieve: Sieve = field(default_factory=lambda: Sieve({}))
    fresh_from: Mapping[int, datetime] = field(default_factory=dict)


_current = Current(())


def current() -> Current:
    """One small query; the automaton is made where it is needed first."""
    global _current
    version = tuple(Query.objects.aggregate(Sum("edition"), Max("pk"), Max("made_at")).values())
    with _lock:
        if _current.version != version:
            _current = _made(version, list(Query.objects.in_use()))
        return _current


def of(query: Query) -> Current:
    """The sieve of one query alone."""
    return _made((query.edition,), [query])


def _made(version: Version, queries: Iterable[Query]) -> Current:
    queries = list(queries)
    sieve = Sieve({pk: wanted for pk, wanted in wanted_by(queries).items() if wanted.says_something})
    return Current(version, sieve, {query.pk: query.fresh_from for query in queries})


def wanted_by(queries: Iterable[Query]) -> dict[int, Wanted]:
    """By query, with whom each mutes."""
    wanted = {query.pk: query.wanted for query in queries}
    for mute in Mute.objects.filter(query__in=list(wanted), ended_at=None):
        before = wanted[mute.query_id]
        sites = before.muted_sites | {mute.site} if mute.site else before.muted_sites
        authors = before.muted_authors | {mute.identity_id} if mute.identity_id else before.muted_authors
        wanted[mute.query_id] = replace(before, muted_authors=authors, muted_sites=sites)
    return wanted
