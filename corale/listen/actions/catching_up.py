"""Reading what was said: new messages as they come, then edits, then the past, newest first.

It reads from the messages themselves by their number and writes beside them: taking in knows nothing of it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from corale.conversations.models import Message, MessageVersion
from corale.listen.actions import echoing
from corale.listen.heard import SAID_BY_OTHERS, STANDING
from corale.listen.models import Progress, Reading
from corale.listen.near.signing import VERSION
from corale.listen.readers import current
from corale.listen.reading.near import key
from corale.listen.reading.reader import Reader
from corale.listen.reading.reader import Reading as Read

BATCH = 200  # a larger one would hold SQLite's only writer for longer than a page can wait
RECENT = 2000  # of the newest messages, those without a reading are looked for now and then
_IDLE, _BREATH = 0.5, 0.02  # seconds
_LOOK_AGAIN = 120  # idle rounds
_FIELDS = ("version", "language", "language_chance", "chances", "why", "near", "read_at")


def run(stop: threading.Event) -> None:
    """Reads for as long as the worker lives."""
    rounds = 0
    while not stop.is_set():
        if read_some():
            stop.wait(_BREATH)
            continue
        if rounds % _LOOK_AGAIN == 0:
            read_missed()
            fold_again()
        rounds += 1
        stop.wait(_IDLE)


def read_all() -> int:
    """Everything that waits; how many messages were looked at."""
    total = 0
    while done := read_some():
        total += done
    return total


def read_some(limit: int = BATCH) -> int:
    """One batch, in one transaction with how far we have come; how many messages were looked at."""
    reader = current()
    progress = _progress(_by(reader))
    messages, moved = _next(progress, limit)
    if not messages and not moved:
        return 0
    said = _said(messages)
    rows, echoes = readings(said, reader), echoing.echoes(said)
    with transaction.atomic():
        _keep(rows)
        echoing.keep(echoes)
        Progress.objects.filter(pk=progress.pk).update(**moved)
    return max(len(messages), 1)


def read_missed() -> int:
    """Of the newest messages, those that were passed over because they were committed late; how many."""
    reader = current()
    ahead = _progress(_by(reader)).ahead
    recent = _sayings(Message.objects.filter(pk__gt=ahead - RECENT, pk__lte=ahead, reading=None))
    said = _said(recent[:BATCH])
    rows, echoes = readings(said, reader), echoing.echoes(said)
    with transaction.atomic():
        _keep(rows)
        echoing.keep(echoes)
    return len(rows)


def fold_again() -> int:
    """Whoever said nearly the same as one that was edited or has gone finds another; how many."""
    total = 0
    while messages := echoing.waiting(BATCH):
        said = _said(messages)
        echoes = echoing.echoes(said)
        with transaction.atomic():
            echoing.forget(messages)
            echoing.keep(echoes)
        total += len(messages)
    return total


def readings(said: Sequence[Message], reader: Reader) -> list[Reading]:
    """Read, not kept yet."""
    read = reader.read([message.text for message in said], [message.language[:2] for message in said])
    return [_row(message, each, reader.version) for message, each in zip(said, read, strict=True)]


def _said(messages: Iterable[Message]) -> list[Message]:
    """What others said and still stands."""
    said = [message for message in messages if message.direction in SAID_BY_OTHERS and message.text.strip()]
    return [message for message in said if message.state in STANDING]


def _by(reader: Reader) -> str:
    """What is done in one pass: with another way of signing, everything is read once more."""
    return f"{reader.version} {VERSION}"


def lag() -> tuple[int, bool]:
    """How many newer messages wait to be read (at most a thousand are counted), and whether all the past was read."""
    progress = Progress.objects.filter(version=_by(current())).first()
    if progress is None:
        return Message.objects.all()[:1000].count(), False
    return Message.objects.filter(pk__gt=progress.ahead)[:1000].count(), progress.behind <= 0


def _progress(version: str) -> Progress:
    if progress := Progress.objects.filter(version=version).first():
        return progress
    newest = Message.objects.aggregate(Max("pk"))["pk__max"] or 0
    edits = MessageVersion.objects.aggregate(Max("pk"))["pk__max"] or 0
    given = {"ahead": newest, "behind": newest, "edits": edits}
    return Progress.objects.get_or_create(version=version, defaults=given)[0]


def _next(progress: Progress, limit: int) -> tuple[list[Message], dict[str, int]]:
    """What to read now, and what to note afterwards."""
    if newer := list(_plain(Message.objects.filter(pk__gt=progress.ahead).order_by("pk"))[:limit]):
        return newer, {"ahead": newer[-1].pk}
    edited = MessageVersion.objects.filter(pk__gt=progress.edits).order_by("pk")
    if changed := list(edited.values_list("pk", "message_id")[:limit]):
        return list(_plain(Message.objects.filter(pk__in={pk for _, pk in changed}))), {"edits": changed[-1][0]}
    if progress.behind <= 0:
        return [], {}
    if older := list(_plain(Message.objects.filter(pk__lte=progress.behind).order_by("-pk"))[:limit]):
        return older, {"behind": older[-1].pk - 1}
    return [], {"behind": 0}


def _plain(messages: QuerySet[Message]) -> QuerySet[Message]:
    return messages.only("pk", "text", "language", "direction", "state", "written_at")


def _sayings(messages: QuerySet[Message]) -> QuerySet[Message]:
    return _plain(messages.filter(direction__in=SAID_BY_OTHERS, state__in=STANDING).exclude(text=""))


def _row(message: Message, read: Read, version: str) -> Reading:
    percents = {name: round(100 * chance) for name, chance in read.chances.items()}
    return Reading(
        message_id=message.pk, version=version, language=read.language,
        language_chance=round(100 * read.language_chance), chances=percents, why=read.why, near=key(message.text),
    )  # fmt: skip


def _keep(rows: Sequence[Reading]) -> None:
    """A message that was deleted meanwhile has no reading: its row is left out."""
    ids = set(Message.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    standing: list[Any] = [row for row in rows if row.pk in ids]
    Reading.objects.bulk_create(standing, update_conflicts=True, unique_fields=["message"], update_fields=list(_FIELDS))
