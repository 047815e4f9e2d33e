"""The indexer: reads what waits, in batches, a moment after it was written; merges what did not need to wait."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from django.db import transaction

from corale.search import sources
from corale.search.engines import engine
from corale.search.models import Entry, Name, Pending
from corale.search.query import tokens
from corale.search.sources import TEXT_LIMIT, Words
from corale.store import rows

BATCH = 500  # a larger one would hold SQLite's only writer for longer than a page can wait
WORDS_OF_A_NAME = 60
_IDLE = 0.5  # seconds
_BITS = 24
_KNOWN = "SELECT object_id, id FROM search_entry WHERE object_id IN ({marks})"


def run(stop: threading.Event) -> None:
    """Indexes for as long as the worker lives."""
    while not stop.is_set():
        if index_some() < BATCH:
            engine().merge()
            stop.wait(_IDLE)


def index_all() -> int:
    """Indexes everything that waits; how many."""
    total = 0
    while done := index_some():
        total += done
    engine().merge()
    return total


def add(new: Sequence[Words]) -> None:
    """New messages with their words, in the transaction that writes them."""
    if engine().AT_ONCE:
        engine().insert(sorted(_entry(each) for each in new))
    else:
        rows.insert(Pending, ("kind", "object_id"), [(Pending.Kind.MESSAGE.value, each.object_id) for each in new])


def index_some(limit: int = BATCH) -> int:
    """Indexes one batch, in one transaction; how many rows waited."""
    waiting = list(Pending.objects.order_by("id").values_list("id", "kind", "object_id", "old")[:limit])
    if not waiting:
        return 0
    messages = list(dict.fromkeys(row[2] for row in waiting if row[1] == Pending.Kind.MESSAGE))
    read = sources.read(Pending.Kind.MESSAGE, messages)
    with transaction.atomic():
        rows.lock_index()
        _messages(messages, read, {row[2]: row[3] for row in reversed(waiting) if row[3] is not None})
        for kind in (Pending.Kind.PERSON, Pending.Kind.THEME):
            _names(kind, [row[2] for row in waiting if row[1] == kind])
        rows.delete_in(Pending, [row[0] for row in waiting])
    return len(waiting)


def _messages(ids: Sequence[int], read: Sequence[Words], old: dict[int, str]) -> None:
    known: dict[int, int] = dict(rows.select_in(_KNOWN, ids))
    changed = [
        (known[each.object_id], folded(old[each.object_id]), folded(each.text))
        for each in read
        if each.object_id in known and each.object_id in old
    ]
    engine().replace(changed)
    gone = known.keys() - {each.object_id for each in read}
    engine().replace([(known[message], folded(old[message]), "") for message in gone if message in old])
    rows.delete_in(Entry, [known[message] for message in gone])
    new = sorted(_entry(each) for each in read if each.object_id not in known)
    engine().insert(new)  # sorted: FTS5 begins a new segment whenever an id is lower than the one before


def _entry(words: Words) -> tuple[int, int, int, str]:
    return entry_id(words), words.object_id, words.conversation_id, folded(words.text)


def entry_id(words: Words) -> int:
    """Seconds since 1970, then the last bits of the message's id: grows with time, and sixteen million messages of the
    same second have ids of their own."""
    seconds = int(words.at.timestamp()) if words.at else 0
    return (max(seconds, 0) << _BITS) | (words.object_id & ((1 << _BITS) - 1))


def folded(text: str) -> str:
    """What is given to the index: the words, without accents and case, so that both engines find the same."""
    return " ".join(tokens(text[:TEXT_LIMIT]))


def _names(kind: int, ids: Sequence[int]) -> None:
    if not ids:
        return
    Name.objects.filter(kind=kind, object_id__in=ids).delete()
    read = sources.read(kind, list(dict.fromkeys(ids)))
    Name.objects.bulk_create(
        Name(kind=kind, object_id=each.object_id, word=word)
        for each in read
        for word in list(dict.fromkeys(tokens(each.text)))[:WORDS_OF_A_NAME]
    )
