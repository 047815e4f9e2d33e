"""Words not sent yet."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from corale.conversations.models import Conversation
from corale.people.models import Person


class Draft(models.Model):
    """What a colleague has written so far; nothing that somebody else does loses it.

    `seen_message_id` is the newest message when the composer was opened: the send guard compares.
    """

    class Kind(models.TextChoices):
        ANSWER = "answer"
        NOTE = "note"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="drafts", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.ANSWER)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=12, blank=True)
    extras = models.JSONField(
        default=dict, blank=True, help_text="pictures with their words, the message answered, split or not"
    )
    seen_message_id = models.BigIntegerField(null=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "conversation", "kind"], name="draft_unique")]
        indexes = [models.Index(fields=["person", "-saved_at"], name="draft_newest")]

    def __str__(self) -> str:
        return self.body[:60]
