"""A worker: a process that says every few seconds that it lives."""

from __future__ import annotations

from django.db import models


class Worker(models.Model):
    id = models.CharField(max_length=64, primary_key=True)
    threads = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.id
