"""What a model read in a message."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from corale.conversations.models import Message


class Reading(models.Model):
    """The last reading of a message. `chances` are whole percents by head; a head that is not there was not read.

    `near` is the same for texts that are the same again. Whether it is of the words that stand there now is said by it
    too: after an edit it differs until the message was read again.
    """

    message = models.OneToOneField(Message, primary_key=True, on_delete=models.CASCADE, related_name="reading")
    version = models.CharField(max_length=40, help_text="of the model that read it")
    language = models.CharField(max_length=12, blank=True)
    language_chance = models.SmallIntegerField(default=0, help_text="percent")
    chances = models.JSONField(default=dict)
    why = models.JSONField(default=dict, help_text="for each head that is claimed, the words that weighed most")
    near = models.BigIntegerField()
    read_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.message_id} by {self.version}"
