"""A live event: a hint to open pages that something changed. Pruned after an hour; the truth is elsewhere."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class LiveEvent(models.Model):
    topic = models.CharField(max_length=100)
    payload = models.TextField(default="{}")
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.topic}#{self.pk}"
