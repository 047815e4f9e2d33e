"""A like, a repost, a follow, a quote: an edge, not a message."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from corale.channels.models import Connection, Delivery
from corale.people.models import Identity


class Interaction(models.Model):
    """Append-only: taking it back fills `undone_at`, the row stays."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="interactions")
    key = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="interactions")
    target_key = models.BigIntegerField(help_text="Hash of the native id of the message, or of our account.")
    target_native_id = models.CharField(max_length=500, blank=True)
    native_id = models.CharField(max_length=500, blank=True)
    ours = models.BooleanField(default=False, help_text="Done by us: then `by` says who.")
    by_id = models.BigIntegerField(null=True)
    delivery = models.ForeignKey(
        Delivery, null=True, on_delete=models.SET_NULL, related_name="interactions", db_index=False,
        help_text="What carries it there, when it was done here.",
    )  # fmt: skip
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "key"], name="interaction_unique")]
        indexes = [
            models.Index(fields=["connection", "target_key"], name="interaction_target"),
            models.Index(fields=["delivery"], name="interaction_delivery", condition=models.Q(delivery__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.native_id}"
