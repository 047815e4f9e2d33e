"""A colleague says what a message really is."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from corale.conversations.models import Message
from corale.people.models import Person


class Correction(models.Model):
    """Never changed and never replaced: a later one stands beside it. It goes only with the message itself.

    `said` holds what the colleague says: `language`, `sentiment`, and `intents` as a list; what is not there was not
    judged. `read` is what the model had said, with its version.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="corrections")
    near = models.BigIntegerField()
    said = models.JSONField()
    read = models.JSONField(default=dict)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["near", "-id"], name="correction_near")]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.said}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and not self._state.adding:
            raise ValueError("a correction stands as it was said")
        super().save(*args, **kwargs)
