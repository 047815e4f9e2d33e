"""One thing said."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from corale.channels.models import Connection, Delivery
from corale.conversations.models.conversation import Conversation
from corale.people.models import Identity, Person


class Message(models.Model):
    """Something said by them, by us, by others in the thread, or a note among colleagues.

    `key` is the 64-bit hash of the native id. A placeholder stands for a parent that we have not seen (yet). The last
    version stands here; every version stands in `versions` once there is more than one.
    """

    class Direction(models.IntegerChoices):
        IN = 0  # said to us
        OUT = 1  # said by us
        NOTE = 2  # among colleagues only
        ASIDE = 3  # said by others in the same thread, not to us

    class State(models.IntegerChoices):
        VISIBLE = 0
        EDITED = 1
        HIDDEN = 2
        DELETED = 3
        UNREACHABLE = 4
        PLACEHOLDER = 5

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False)
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.BigIntegerField(null=True, help_text="None for a note.")
    native_id = models.CharField(max_length=500, blank=True)
    version = models.CharField(max_length=200, blank=True)
    parent_key = models.BigIntegerField(null=True)
    direction = models.SmallIntegerField(choices=Direction.choices, default=Direction.IN)
    kind = models.CharField(max_length=12, default="post")
    identity = models.ForeignKey(
        Identity, null=True, on_delete=models.SET_NULL, related_name="messages", db_index=False
    )
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="written", db_index=False)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=12, blank=True)
    extras = models.JSONField(default=dict, help_text="facets, attachments, quotes, url, parent and root ids")
    state = models.SmallIntegerField(choices=State.choices, default=State.VISIBLE)
    addressed = models.BooleanField(default=False)
    needs_answer = models.BooleanField(null=True, help_text="None: as addressed says. Else a colleague judged.")
    answered_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField(default=timezone.now)
    received_at = models.DateTimeField(default=timezone.now)
    delivery = models.ForeignKey(
        Delivery, null=True, on_delete=models.SET_NULL, related_name="messages", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "key"], name="message_unique", condition=models.Q(key__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["conversation", "written_at", "id"], name="message_thread"),
            models.Index(
                fields=["identity", "-written_at"], name="message_author", condition=models.Q(identity__isnull=False)
            ),
            models.Index(fields=["by", "-written_at"], name="message_by", condition=models.Q(by__isnull=False)),
            models.Index(fields=["delivery"], name="message_delivery", condition=models.Q(delivery__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def facets(self) -> list[dict[str, Any]]:
        """Stretches of the text that mean something: start, end, kind, value."""
        return list(self.extras.get("facets", []))

    @property
    def attachments(self) -> list[dict[str, Any]]:
        """Pictures, films, link cards."""
        return list(self.extras.get("attachments", []))

    @property
    def poll(self) -> dict[str, Any]:
        """What we asked, to choose from: options, closes_at, several; empty for what is no poll of ours."""
        return dict(self.extras.get("poll", {}))

    @property
    def change(self) -> dict[str, Any]:
        """What is being changed about it there, or could not be: kind, advice."""
        return dict(self.extras.get("change", {}))

    @property
    def warning(self) -> str:
        """What stands before the words until somebody asks for them."""
        return str(self.extras.get("warning", ""))

    @property
    def url(self) -> str:
        """Where it stands on the web."""
        return str(self.extras.get("url", ""))


class MessageVersion(models.Model):
    """What a message said in one of its versions: nothing is overwritten."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="versions")
    version = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    extras = models.JSONField(default=dict)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "version"], name="messageversion_unique")]

    def __str__(self) -> str:
        return f"{self.message_id} {self.version}"
