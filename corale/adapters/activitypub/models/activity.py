"""What we did, and to which inboxes it still has to go."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from corale.adapters.activitypub.models.actor import Actor
from corale.adapters.activitypub.models.server import Server


class Activity(models.Model):
    """One activity, with the id under which it is repeated: saying it again is recognised by the other side."""

    uri = models.CharField(max_length=500, unique=True)
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=20)
    body = models.TextField(help_text="The very bytes that are sent, as JSON with @context.")
    is_public = models.BooleanField(default=False, help_text="Stands in the outbox.")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "activities"
        indexes = [
            models.Index(fields=["actor", "-id"], name="activitypub_outbox", condition=models.Q(is_public=True)),
            models.Index(fields=["created_at"], name="activitypub_activity_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uri}"


class Dispatch(models.Model):
    """One activity for one inbox. Rows, so that a killed sender loses and doubles nothing."""

    class State(models.IntegerChoices):
        WAITING = 0
        SENDING = 1
        SENT = 2
        FAILED = 3  # refused for good, or tried for a week
        DROPPED = 4  # blocked or dead meanwhile

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="dispatches")
    server = models.ForeignKey(Server, on_delete=models.CASCADE, related_name="dispatches", db_index=False)
    inbox = models.CharField(max_length=500)
    lane = models.BigIntegerField(
        default=0, help_text="`key_of` sender and inbox: what one says there goes in its order."
    )
    is_addressed = models.BooleanField(default=False, help_text="For somebody who is spoken to, not only a follower.")
    state = models.SmallIntegerField(choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=64, blank=True, help_text="Who holds the lease.")
    answered = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The last status.")
    problem = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "dispatches"
        constraints = [models.UniqueConstraint(fields=["activity", "inbox"], name="activitypub_dispatch_once")]
        indexes = [
            models.Index(
                fields=["-is_addressed", "next_at", "id"], name="activitypub_due",
                condition=models.Q(state__in=[0, 1]),
            ),
            models.Index(fields=["lane", "id"], name="activitypub_lane", condition=models.Q(state__in=[0, 1])),
            models.Index(fields=["server"], name="activitypub_sending", condition=models.Q(state=1)),
            models.Index(fields=["server", "state", "id"], name="activitypub_by_server"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.activity_id} → {self.inbox}"
