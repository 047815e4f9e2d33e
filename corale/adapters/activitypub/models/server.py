"""Another server."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Server(models.Model):
    """What we know of a host: how it likes to be spoken to, whether it answers, and what we think of it."""

    class Stance(models.TextChoices):
        OPEN = "open"
        LIMITED = "limited"  # heard, but waits in quarantine unless somebody knows the person
        BLOCKED = "blocked"  # neither heard nor fetched nor delivered to

    host = models.CharField(max_length=255, unique=True)
    software = models.CharField(max_length=60, blank=True)
    scheme = models.CharField(max_length=10, blank=True, help_text="The signature that worked: cavage or rfc9421.")
    stance = models.CharField(max_length=10, choices=Stance.choices, default=Stance.OPEN)
    stance_reason = models.CharField(max_length=500, blank=True)
    stance_by_id = models.BigIntegerField(null=True)
    stance_at = models.DateTimeField(null=True, blank=True)
    rejects_media = models.BooleanField(default=False)
    failures = models.PositiveIntegerField(default=0, help_text="In a row.")
    failing_since = models.DateTimeField(null=True, blank=True)
    closed_until = models.DateTimeField(null=True, blank=True, help_text="The circuit breaker: nothing before then.")
    is_dead = models.BooleanField(default=False, help_text="Away for weeks; remembered when it is heard again.")
    heard_at = models.DateTimeField(null=True, blank=True)
    first_seen = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.host
