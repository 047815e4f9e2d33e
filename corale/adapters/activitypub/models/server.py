"""Another server."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone

FORGOTTEN_AFTER = timedelta(weeks=3)
"""A server that has not taken anything for so long is dead: nothing more is written for it until it is heard again."""


class Server(models.Model):
    """What we know of a host: how it likes to be spoken to, whether it answers, and what we think of it."""

    class Stance(models.TextChoices):
        OPEN = "open"
        LIMITED = "limited"  # heard, but waits in quarantine unless we know or follow the person
        BLOCKED = "blocked"  # neither heard nor fetched nor delivered to

    host = models.CharField(max_length=255, unique=True)
    software = models.CharField(max_length=60, blank=True)
    scheme = models.CharField(max_length=10, blank=True, help_text="The signature that worked: cavage or rfc9421.")
    stance = models.CharField(max_length=10, choices=Stance.choices, default=Stance.OPEN)
    public_comment = models.CharField(max_length=500, blank=True, help_text="Why, as anybody may know it.")
    private_comment = models.CharField(max_length=500, blank=True, help_text="Why, among us.")
    stance_by_id = models.BigIntegerField(null=True)
    stance_at = models.DateTimeField(null=True, blank=True)
    rejects_media = models.BooleanField(default=False)
    rejects_reports = models.BooleanField(default=False)
    is_obfuscated = models.BooleanField(default=False, help_text="Others are not shown the whole name.")
    failures = models.PositiveIntegerField(default=0, help_text="In a row.")
    failing_since = models.DateTimeField(null=True, blank=True)
    closed_until = models.DateTimeField(null=True, blank=True, help_text="The circuit breaker: nothing before then.")
    is_dead = models.BooleanField(default=False, help_text="Away for weeks; remembered when it is heard again.")
    heard_at = models.DateTimeField(null=True, blank=True)
    first_seen = models.DateTimeField(default=timezone.now)
    software_at = models.DateTimeField(null=True, blank=True, help_text="When we last asked what it runs.")

    class Meta:
        indexes = [
            models.Index(
                fields=["host"], name="activitypub_ruled",
                condition=~models.Q(stance="open") | models.Q(rejects_media=True) | models.Q(rejects_reports=True),
            ),
            models.Index(fields=["host"], name="activitypub_failing", condition=models.Q(failures__gt=0)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.host

    @property
    def is_blocked(self) -> bool:
        """Neither heard nor fetched nor delivered to."""
        return self.stance == self.Stance.BLOCKED

    @property
    def is_limited(self) -> bool:
        """Heard, and looked at before it reaches anybody."""
        return self.stance == self.Stance.LIMITED

    @property
    def is_ruled(self) -> bool:
        """Somebody has decided something about it."""
        return self.stance != self.Stance.OPEN or self.rejects_media or self.rejects_reports

    @property
    def is_resting(self) -> bool:
        """The circuit breaker is open: nothing is sent for now."""
        return self.closed_until is not None and self.closed_until > timezone.now()

    @property
    def is_away(self) -> bool:
        """Dead, and not heard since."""
        if not self.is_dead:
            return False
        died = self.failing_since + FORGOTTEN_AFTER if self.failing_since else None
        return self.heard_at is None or (died is not None and self.heard_at < died)
