"""What comes is held against every saved query: new messages by their number, then edits.

It reads from the messages themselves and writes beside them: taking in knows nothing of it. How far it has come is
saved in the transaction that keeps what was found, so that a process that dies loses nothing.
"""

from __future__ import annotations

import threading

from django.db import transaction
from django.db.models import Max

from corale.conversations.models import Message, MessageVersion
from corale.listen import sieves
from corale.listen.actions.keeping import keep, settle
from corale.listen.actions.looking_back import look_again_some, look_back_some
from corale.listen.models import Progress
from corale.listen.sayings import Row, rows, sayings
from corale.listen.sieves import Current
from corale.live.publish import publish

BATCH = 500
RECENT = 2000  # of the newest messages, looked at again now and then: some may have been committed late
QUERIES = "queries"
_IDLE, _BREATH = 0.5, 0.02  # seconds
_LOOK_AGAIN = 120  # idle rounds


def run(stop: threading.Event) -> None:
    """Filters for as long as the worker lives: what comes first, then what queries that were changed had found, then
    the past. After every change of a query, and now and then, the newest messages are looked at again."""
    rounds, version = 0, sieves.Version()
    while not stop.is_set():
        filtered = filter_some()
        if version != (version := sieves.current().version) or (not filtered and rounds % _LOOK_AGAIN == 0):
            filter_recent()
        rounds += not filtered
        went_on = filtered or look_again_some() or look_back_some()
        stop.wait(_BREATH if went_on else _IDLE)


def filter_all() -> int:
    """Everything that waits, past and changes included; how many messages were looked at."""
    total = 0
    while done := filter_some() or look_again_some() or look_back_some():
        total += done
    return total


def filter_some(limit: int = BATCH) -> int:
    """One batch, in one transaction with how far we have come; how many messages were looked at."""
    newest = _newest()  # read before the queries: whatever is older than a query is found by looking back
    current = sieves.current()
    progress = begin()
    if not current.fresh_from:
        Progress.objects.filter(pk=progress.pk, ahead__lt=newest).update(ahead=newest)
        return 0
    return _filter_new(current, progress, limit) or _filter_edited(current, progress, limit)


def begin() -> Progress:
    """Where filtering stands; before the first query, at the newest message."""
    if progress := Progress.objects.filter(version=QUERIES).first():
        return progress
    edits = MessageVersion.objects.aggregate(Max("pk"))["pk__max"] or 0
    return Progress.objects.get_or_create(version=QUERIES, defaults={"ahead": _newest(), "edits": edits})[0]


def filter_recent() -> None:
    """The newest messages once more: what was committed late, or while a query was being made."""
    ahead, current = begin().ahead, sieves.current()
    recent = Message.objects.filter(pk__gt=ahead - RECENT, pk__lte=ahead).order_by("pk")
    for start in range(0, RECENT, BATCH):
        if some := rows(recent[start : start + BATCH]):
            _filter(current, some)


def waiting() -> int:
    """How many new messages no query has seen yet; at most a thousand are counted."""
    progress = Progress.objects.filter(version=QUERIES).first()
    return Message.objects.filter(pk__gt=progress.ahead)[:1000].count() if progress else 0


def _filter_new(current: Current, progress: Progress, limit: int) -> int:
    new = rows(Message.objects.filter(pk__gt=progress.ahead).order_by("pk")[:limit])
    if new:
        _filter(current, new, progress, ahead=new[-1][0])
    return len(new)


def _filter_edited(current: Current, progress: Progress, limit: int) -> int:
    """What an edit brought is found, and what it took away does not stand any more."""
    edits = list(
        MessageVersion.objects.filter(pk__gt=progress.edits).order_by("pk").values_list("pk", "message_id")[:limit]
    )
    if edits:
        edited = Message.objects.filter(pk__in={pk for _edit, pk in edits}, pk__lte=progress.ahead)
        _filter(current, rows(edited), progress, edits=edits[-1][0])
    return len(edits)


def _filter(current: Current, some: list[Row], progress: Progress | None = None, **moved: int) -> None:
    found = list(current.sieve.through(sayings(some)))
    with transaction.atomic():
        keep(found, current)
        if found and progress:
            publish("counts", {})
        if "ahead" not in moved:
            settle([row[0] for row in some], found, current)
        if progress:
            Progress.objects.filter(pk=progress.pk).update(**moved)


def _newest() -> int:
    return Message.objects.aggregate(Max("pk"))["pk__max"] or 0
