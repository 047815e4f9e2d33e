"""What the company decided, on whose words, and what came of it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corale.conversations.models import Message
from corale.improve.models.theme import Theme
from corale.people.models import Person


class Decision(models.Model):
    """Yes, later, or a reasoned no. The first due date is kept when it is postponed."""

    class Kind(models.TextChoices):
        YES = "yes", _("Yes")
        LATER = "later", _("Later")
        NO = "no", _("No, and why")

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=160)
    reason = models.TextField()
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    first_due_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    without_evidence = models.CharField(max_length=300, blank=True, help_text="Why it rests on nobody's words.")
    demo = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["-recorded_at", "-id"], name="decision_newest")]

    def __str__(self) -> str:
        return self.title


class Evidence(models.Model):
    """A message on which a decision rests."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="evidence")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [models.UniqueConstraint(fields=["decision", "message"], name="evidence_unique")]

    def __str__(self) -> str:
        return f"{self.message_id} for {self.decision}"


class Outcome(models.Model):
    """What came of it: done, or declined for good. Marking it prepares a report-back to each person who asked."""

    class Kind(models.TextChoices):
        DONE = "done", _("Done")
        DECLINED = "declined", _("Will not be done")

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="outcome")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    texts = models.JSONField(default=dict, help_text="What is told to those who asked, by language.")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.decision}: {self.kind}"
