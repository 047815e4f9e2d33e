"""A line of the schedule, and when it is due next: the row that makes it happen once for all workers."""

from __future__ import annotations

from django.db import models


class Recurrence(models.Model):
    name = models.CharField(max_length=100, primary_key=True)
    seconds = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    enqueued_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
