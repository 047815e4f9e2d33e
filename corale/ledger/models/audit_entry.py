"""One act of somebody who looks after the house."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class AuditEntry(models.Model):
    """Who did what to what, and when; append-only, and outliving the user, whose name is kept as it was."""

    at = models.DateTimeField(default=timezone.now)
    user_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=254, blank=True)
    verb = models.CharField(max_length=60)
    target = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["verb", "id"], name="audit_verb"),
            models.Index(fields=["user_id", "id"], name="audit_user"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.verb} {self.target}"
