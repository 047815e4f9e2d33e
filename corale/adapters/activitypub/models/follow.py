"""Who follows whom. Ending one leaves the row."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.utils import timezone

from corale.adapters.activitypub.models.actor import Actor
from corale.adapters.activitypub.models.remote_actor import RemoteActor

M = TypeVar("M", bound=models.Model)


class FollowQuerySet(models.QuerySet[M]):
    """Which of them."""

    def standing(self) -> Self:
        """Accepted and not ended."""
        return self.filter(state="accepted", ended_at=None)


class FollowerQuerySet(FollowQuerySet["Follower"]):
    """Which followers."""

    def waiting(self) -> Self:
        """They asked, and nobody has decided."""
        return self.filter(state="pending", ended_at=None)


class FollowingQuerySet(FollowQuerySet["Following"]):
    """Which of those whom we follow."""


class _Follow(models.Model):
    class State(models.TextChoices):
        PENDING = "pending"
        ACCEPTED = "accepted"
        REJECTED = "rejected"

    uri = models.CharField(max_length=500, help_text="The id of the Follow activity, for its Undo or Accept.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_standing(self) -> bool:
        """Accepted and not ended."""
        return self.state == self.State.ACCEPTED and self.ended_at is None


class Follower(_Follow):
    """They follow one of us."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="followers")
    remote = models.ForeignKey(RemoteActor, on_delete=models.CASCADE, related_name="following_us")

    objects = FollowerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "remote"], name="activitypub_follower_once")]
        indexes = [
            models.Index(
                fields=["actor", "id"], name="activitypub_followers",
                condition=models.Q(state="accepted", ended_at=None),
            ),
            models.Index(
                fields=["actor", "id"], name="activitypub_waiting",
                condition=models.Q(state="pending", ended_at=None),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.remote} → {self.actor}"


class Following(_Follow):
    """One of us follows them."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="following")
    remote = models.ForeignKey(RemoteActor, on_delete=models.CASCADE, related_name="followed_by_us")

    objects = FollowingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "remote"], name="activitypub_following_once")]

    def __str__(self) -> str:
        return f"{self.actor} → {self.remote}"
