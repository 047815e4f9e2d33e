"""Whom something was said to in private."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from corale.conversations.models.conversation import Conversation
from corale.people.models import Person


class Confidant(models.Model):
    """A colleague who may see a direct conversation: it was said to them, they were asked to take it, a note speaks to
    them, or they answered. Whoever was let in stays in. Coordinators need no row."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="confidants")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "conversation"], name="confidant_unique")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.conversation_id}"
