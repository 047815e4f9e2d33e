"""What one of us has said, and what others did with it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from corale.adapters.activitypub.models.actor import Actor


class PostQuerySet(models.QuerySet["Post"]):
    """Which posts."""

    def public(self) -> PostQuerySet:
        """Those that anybody may read: public and unlisted, and not deleted."""
        return self.filter(audience__in=["public", "unlisted"], deleted_at=None)


class Post(models.Model):
    """One object of ours. `document` is what others are given now; what is deleted answers as a Tombstone."""

    class Audience(models.TextChoices):
        PUBLIC = "public"
        UNLISTED = "unlisted"
        FOLLOWERS = "followers"
        DIRECT = "direct"

    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="posts")
    number = models.CharField(max_length=40, help_text="The end of its address.")
    uri = models.CharField(max_length=500, unique=True)
    kind = models.CharField(max_length=20, default="Note")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    in_reply_to = models.CharField(max_length=500, blank=True)
    context = models.CharField(max_length=500, blank=True)
    document = models.JSONField(default=dict, help_text="The ActivityStreams object, without @context.")
    source_text = models.TextField(blank=True, help_text="As it was written here.")
    version = models.CharField(max_length=40, blank=True)
    by_id = models.BigIntegerField(null=True, help_text="The person whose words these are.")
    published_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    is_pinned = models.BooleanField(default=False)
    closes_at = models.DateTimeField(null=True, blank=True, help_text="Of a poll.")

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "number"], name="activitypub_post_number")]
        indexes = [
            models.Index(
                fields=["actor", "-published_at", "-id"], name="activitypub_post_public",
                condition=models.Q(audience__in=["public", "unlisted"], deleted_at=None),
            ),
            models.Index(fields=["actor"], name="activitypub_post_pinned", condition=models.Q(is_pinned=True)),
            models.Index(fields=["context"], name="activitypub_post_context", condition=~models.Q(context="")),
            models.Index(fields=["in_reply_to"], name="activitypub_post_reply", condition=~models.Q(in_reply_to="")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.uri

    @property
    def was_public(self) -> bool:
        """It was said to everybody, whatever has become of it."""
        return self.audience in (Post.Audience.PUBLIC, Post.Audience.UNLISTED)

    @property
    def is_public(self) -> bool:
        """Anybody may read it now."""
        return self.was_public and self.deleted_at is None and self.actor.state != Actor.State.HIDDEN


class Reaction(models.Model):
    """What somebody elsewhere did with one of our posts. Taking it back fills a time."""

    class Kind(models.TextChoices):
        LIKE = "like"
        BOOST = "boost"
        REPLY = "reply"
        QUOTE = "quote"
        VOTE = "vote"

    key = models.BigIntegerField(unique=True, help_text="`key_of(uri)` of the activity or object that did it.")
    uri = models.CharField(max_length=500)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    actor_uri = models.CharField(max_length=500)
    choice = models.CharField(max_length=300, blank=True, help_text="What was voted for.")
    is_public = models.BooleanField(default=True)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["post", "kind", "id"], name="activitypub_reacted")]

    def __str__(self) -> str:
        return f"{self.kind} {self.uri}"
