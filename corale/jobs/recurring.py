"""What recurs: each line of `project/schedule.py` becomes a job once per period, however many workers look."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from corale.jobs.enqueue import enqueue_once
from corale.jobs.models import Recurrence

Line = tuple[str, int, str]


class Schedule:
    """One worker's view: it asks the database only about lines that it believes to be due."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._due: dict[str, datetime] = {}

    def tick(self, now: datetime | None = None) -> int:
        """How many jobs this worker enqueued."""
        now = now or timezone.now()
        return sum(self._look(line, now) for line in self._lines if self._due.get(line[0], now) <= now)

    @transaction.atomic
    def _look(self, line: Line, now: datetime) -> bool:
        name, seconds, path = line
        row, _ = Recurrence.objects.select_for_update().get_or_create(
            name=name, defaults={"seconds": seconds, "due_at": now}
        )
        is_due = min(row.due_at, (row.enqueued_at or row.due_at) + timedelta(seconds=seconds)) <= now
        if is_due:
            row.seconds, row.due_at, row.enqueued_at = seconds, now + timedelta(seconds=seconds), now
            row.save()
            enqueue_once(import_string(path), f"schedule:{name}")
        self._due[name] = row.due_at
        return is_due
