"""A message that a query wants."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from corale.conversations.models import Message
from corale.conversations.policies import may_see_everything, open_to
from corale.listen.heard import IN_THE_LISTS, STANDING
from corale.listen.models.query import Query
from corale.people.models import Person


class MatchQuerySet(models.QuerySet["Match"]):
    """Which matches."""

    def visible_to(self, person: Person) -> MatchQuerySet:
        """Of conversations that one may see; those in spam, trash or quarantine are out of this list too."""
        if not person.is_colleague:
            return self.none()
        there = Message.objects.filter(pk=OuterRef("message"), state__in=STANDING, conversation__state__in=IN_THE_LISTS)
        if not may_see_everything(person):
            there = there.filter(open_to(person, "conversation"))
        return self.filter(Exists(there))  # not joined: SQLite would begin with every open conversation

    def standing(self) -> MatchQuerySet:
        """Still wanted, and relevant as far as anybody said."""
        return self.filter(stands=True, dismissed_at=None)

    def unseen(self) -> MatchQuerySet:
        return self.standing().filter(seen_at=None)


class Match(models.Model):
    """Found once. `stands` is false while the query, changed since, or a mute does not want it. Seen and not relevant
    are said by one colleague for all."""

    query = models.ForeignKey(Query, on_delete=models.CASCADE, related_name="matches", db_index=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="matches")
    said_at = models.DateTimeField(help_text="when the message was written: the order of the stream")
    matched_at = models.DateTimeField(default=timezone.now)
    stands = models.BooleanField(default=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    dismissed_at = models.DateTimeField(null=True, help_text="Somebody said that it is not relevant.")
    dismissed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "matches"
        constraints = [models.UniqueConstraint(fields=["query", "message"], name="match_unique")]
        indexes = [
            models.Index(
                fields=["query", "-said_at", "-id"],
                name="match_stream",
                condition=models.Q(stands=True, dismissed_at=None),
            ),
            models.Index(
                fields=["query", "id"],
                name="match_unseen",
                condition=models.Q(stands=True, dismissed_at=None, seen_at=None),
            ),
            models.Index(fields=["query", "-id"], name="match_again"),
        ]

    def __str__(self) -> str:
        return f"{self.query_id}: {self.message_id}"
