"""How often something was not believed, and why."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Refusal(models.Model):
    """A number for each day, reason and host: what was refused itself is not kept."""

    day = models.DateField()
    reason = models.CharField(max_length=40)
    host = models.CharField(max_length=255, blank=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "reason", "host"], name="activitypub_refusal_once")]
        indexes = [models.Index(fields=["reason", "-day", "-id"], name="activitypub_refused")]

    def __str__(self) -> str:
        return f"{self.day} {self.reason} {self.host}: {self.count}"
