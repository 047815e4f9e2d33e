"""What leaves."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from corale.channels.models.connection import Connection


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Which deliveries."""

    def due(self) -> DeliveryQuerySet:
        """Those whose time has come, and those whose sender vanished while sending."""
        now = timezone.now()
        return self.filter(
            models.Q(state__in=[Delivery.State.HELD, Delivery.State.WAITING], next_at__lte=now)
            | models.Q(state=Delivery.State.SENDING, lease_until__lt=now)
        )


class Delivery(models.Model):
    """One thing to say there. The outside id, the time and the words are chosen and stored before the first attempt;
    after a crash in `sending` we look before we say it again."""

    class State(models.TextChoices):
        HELD = "held"  # may still be undone
        WAITING = "waiting"  # for its turn, a retry, or the part before it
        SENDING = "sending"
        SENT = "sent"
        UNKNOWN = "unknown"  # it cannot be known whether it arrived: a person decides
        FAILED = "failed"
        CANCELLED = "cancelled"

    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="deliveries")
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(max_length=20)
    outside_id = models.CharField(max_length=300)
    created_at = models.DateTimeField(default=timezone.now)
    payload = models.JSONField(default=dict, help_text="Everything `Outgoing` needs.")
    purpose = models.CharField(max_length=40, default="answer", help_text="What it is for: answer, report …")
    by_id = models.BigIntegerField(null=True)
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="next_parts")
    state = models.CharField(max_length=12, choices=State.choices, default=State.HELD)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    native_id = models.CharField(max_length=500, blank=True)
    native_version = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True)
    advice = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(
                fields=["next_at", "id"],
                name="delivery_due",
                condition=models.Q(state__in=["held", "waiting", "sending"]),
            ),
            models.Index(fields=["state", "-id"], name="delivery_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.outside_id}: {self.state}"
