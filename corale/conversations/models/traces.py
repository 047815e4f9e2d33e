"""Rows that changes of state leave behind: who and when are never lost."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from corale.conversations.models.conversation import Conversation
from corale.conversations.models.message import Message
from corale.people.models import Person


class Assignment(models.Model):
    """Who was asked to take it, by whom, why; ended when somebody else is."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="assignments")
    to = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.conversation_id} → {self.to}"


class Closure(models.Model):
    """Somebody said that nothing more is owed; ended when it was opened again."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="closures")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.conversation_id} closed {self.at:%Y-%m-%d}"


class Snooze(models.Model):
    """Nobody owes anything before `until`."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="snoozes")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    until = models.DateTimeField()
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.conversation_id} until {self.until:%Y-%m-%d %H:%M}"


class ReadMark(models.Model):
    """How far a colleague has read."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="read_marks", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    message_id = models.BigIntegerField(help_text="The last message they saw.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "conversation"], name="readmark_unique")]

    def __str__(self) -> str:
        return f"{self.person_id} read {self.conversation_id}"


class Mention(models.Model):
    """A note speaks to a colleague."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "person"], name="mention_unique")]
        indexes = [models.Index(fields=["person", "-at"], name="mention_person")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.message_id}"
