"""Telling each person who asked what came of it, on their channel."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corale.channels.models import Delivery
from corale.conversations.models import Conversation, Message
from corale.improve.models.decision import Decision
from corale.people.models import Person


class ReportBack(models.Model):
    """One person, one decision, one message that a colleague reviews before it goes. The database lets nobody be told
    twice: (decision, person) is unique, and so is the delivery."""

    class State(models.TextChoices):
        TO_REVIEW = "to_review", _("To review")
        SENDING = "sending", _("Sending")
        TOLD = "told", _("Told")
        FAILED = "failed", pgettext_lazy("report", "Failed")
        UNREACHABLE = "unreachable", _("Could not be reached")
        SKIPPED = "skipped", _("Not told, and why")

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="report_backs")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="report_backs")
    asked_in = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="+")
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    language = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.TO_REVIEW)
    reason = models.CharField(max_length=400, blank=True)
    prepared_at = models.DateTimeField(default=timezone.now)
    reviewed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0, help_text="Grows when one that surely failed is said again.")
    told_at = models.DateTimeField(null=True, blank=True)
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    delivery = models.OneToOneField(Delivery, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "person"], name="reportback_once")]
        indexes = [models.Index(fields=["decision", "state", "id"], name="reportback_state")]

    def __str__(self) -> str:
        return f"{self.person} on {self.decision}: {self.state}"

    @property
    def ids(self) -> dict[str, Any]:
        """What every fact about it says."""
        return {
            "decision": self.decision_id,
            "report": self.pk,
            "person_id": self.person_id,
            "message_id": self.asked_in_id,
            "conversation_id": self.conversation_id,
            "demo": self.decision.demo,
        }
