"""Somebody elsewhere complains about one of us, or about something said here."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from corale.adapters.activitypub.models.activity import Activity
from corale.adapters.activitypub.models.remote_actor import RemoteActor
from corale.adapters.activitypub.models.server import Server


class Complaint(models.Model):
    """A Flag, as the other server brought it. Mostly in the name of that server, and not of who complained."""

    key = models.BigIntegerField(unique=True, help_text="`key_of(uri)`.")
    uri = models.CharField(max_length=500)
    server = models.ForeignKey(Server, on_delete=models.PROTECT, related_name="complaints")
    by_uri = models.CharField(max_length=500)
    words = models.TextField(blank=True)
    about = models.JSONField(default=list, help_text="The addresses of ours that it names.")
    at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_id = models.BigIntegerField(null=True)
    note = models.TextField(blank=True, help_text="What came of it, among us.")

    class Meta:
        indexes = [
            models.Index(fields=["-id"], name="activitypub_complaint_open", condition=models.Q(closed_at=None)),
        ]

    def __str__(self) -> str:
        return self.uri


class OurComplaint(models.Model):
    """What we asked the moderators of another server to look at. They learn neither who wrote nor who sent it."""

    remote = models.ForeignKey(RemoteActor, on_delete=models.PROTECT, related_name="complained_of")
    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    about = models.JSONField(default=list, help_text="The addresses of what they said that it names.")
    by_id = models.BigIntegerField(help_text="A person of ours.")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.remote} {self.at:%Y-%m-%d}"
