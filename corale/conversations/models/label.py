"""Words that colleagues put on conversations."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from corale.conversations.models.conversation import Conversation


class Label(models.Model):
    """A word, with a colour from the palette (0–7)."""

    name = models.CharField(max_length=60, unique=True)
    colour = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Labelling(models.Model):
    """A label on a conversation. State and last activity are repeated here: listing by label stays one index walk."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="labellings")
    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="labellings", db_index=False)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, default="open")
    last_activity_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "label"], name="labelling_unique")]
        indexes = [
            models.Index(fields=["label", "state", "-last_activity_at", "-conversation"], name="labelling_newest")
        ]

    def __str__(self) -> str:
        return f"{self.label} on {self.conversation_id}"
