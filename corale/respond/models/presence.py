"""Somebody else is on it."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django_tasks import task

from corale.conversations.models import Conversation
from corale.people.models import Person


class PresenceQuerySet(models.QuerySet["Presence"]):
    """Which presences."""

    def now(self) -> PresenceQuerySet:
        """Those whose page has said so a moment ago."""
        return self.filter(at__gte=timezone.now() - Presence.LASTS)


class Presence(models.Model):
    """A colleague looks at a conversation, or writes an answer; their page says so again every twenty seconds."""

    LASTS = timedelta(seconds=45)

    class Doing(models.TextChoices):
        LOOKING = "looking"
        WRITING = "writing"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="presences", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    doing = models.CharField(max_length=8, choices=Doing.choices, default=Doing.LOOKING)
    at = models.DateTimeField(default=timezone.now)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "person"], name="presence_unique")]
        indexes = [models.Index(fields=["at"], name="presence_at")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.doing} {self.conversation_id}"


@task()
def forget_presences() -> None:
    """Forgets who was there an hour ago."""
    Presence.objects.filter(at__lt=timezone.now() - timedelta(hours=1)).delete()
