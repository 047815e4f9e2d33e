"""What people seem to talk about: found by the product, judged by people."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from corale.conversations.models import Message
from corale.improve.models.theme import Theme
from corale.people.models import Person


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Which proposals."""

    def visible_to(self, person: Person) -> ProposalQuerySet:
        """Colleagues see every proposal; nothing private is ever in one."""
        return self if person.is_colleague else self.none()

    def waiting(self) -> ProposalQuerySet:
        """Nobody has judged them, and people still speak of it."""
        return self.filter(settled_at=None, is_current=True)

    def loudest_first(self) -> ProposalQuerySet:
        return self.order_by("-people", "-pk")


class Proposal(models.Model):
    """A group of messages that seem to speak of one thing, named by their own words. It is the same from one run to the
    next as long as it has messages in common.

    Accepted: `theme` says as which. Dismissed: settled without one; what comes later to the same group stays dismissed.
    """

    words = models.CharField(max_length=120)
    language = models.CharField(max_length=12)
    people = models.PositiveIntegerField(default=0)
    message_count = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, help_text="When it was found last.")
    is_current = models.BooleanField(default=True)
    theme = models.ForeignKey(Theme, null=True, on_delete=models.SET_NULL, related_name="proposals")
    settled_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True)
    demo = models.BooleanField(default=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-people", "-id"], name="proposal_loudest")]

    def __str__(self) -> str:
        return self.words

    @property
    def is_new(self) -> bool:
        """Found within the week: a weekday says since when."""
        return (timezone.now() - self.made_at).days < 7


class ProposedVoice(models.Model):
    """A message in a proposal. Taken out, it leaves the row, and never comes back into this one."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="voices", db_index=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="proposed")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "message"], name="proposedvoice_unique")]

    def __str__(self) -> str:
        return f"{self.message_id} in {self.proposal_id}"
