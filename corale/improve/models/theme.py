"""What many people say, kept by people."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from corale.conversations.models import Message
from corale.people.models import Person


class ThemeQuerySet(models.QuerySet["Theme"]):
    """Which themes."""

    def visible_to(self, person: Person) -> ThemeQuerySet:
        """Colleagues see every theme."""
        return self if person.is_colleague else self.none()


class Theme(models.Model):
    """A subject on which one decides. `voice_count` counts distinct people, not messages."""

    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    created_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    last_voice_at = models.DateTimeField(null=True)
    voice_count = models.PositiveIntegerField(default=0)
    message_count = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-last_voice_at", "-id"], name="theme_newest")]

    def __str__(self) -> str:
        return self.name


class Voice(models.Model):
    """A message of somebody, gathered into a theme. Taking it out again leaves the row."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="voices")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="voices")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="voices")
    added_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["theme", "message"], name="voice_unique")]

    def __str__(self) -> str:
        return f"{self.message_id} in {self.theme}"
