"""Somebody on another server."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from corale.adapters.activitypub.models.server import Server


class RemoteActor(models.Model):
    """What their document said when we last read it. Who they are to us is an Identity, a floor up."""

    key = models.BigIntegerField(unique=True, help_text="`key_of(uri)`.")
    uri = models.CharField(max_length=500)
    server = models.ForeignKey(Server, on_delete=models.PROTECT, related_name="actors")
    kind = models.CharField(max_length=20)
    handle = models.CharField(max_length=300, blank=True, help_text="name@host, as WebFinger confirmed it.")
    name = models.CharField(max_length=200, blank=True)
    inbox = models.CharField(max_length=500)
    shared_inbox = models.CharField(max_length=500, blank=True)
    followers_uri = models.CharField(max_length=500, blank=True)
    also_known_as = models.JSONField(default=list, blank=True)
    moved_to = models.CharField(max_length=500, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True, help_text="When we followed a move: not again for a while.")
    document = models.JSONField(default=dict)
    fetched_at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True, blank=True)
    is_blocked = models.BooleanField(default=False)
    is_muted = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.handle or self.uri

    @property
    def best_inbox(self) -> str:
        """The shared one, so that a server is told once."""
        return self.shared_inbox or self.inbox


class RemoteKey(models.Model):
    """A public key by its id. Fetched anew once when a signature does not fit, and not again for a while."""

    key = models.BigIntegerField(unique=True, help_text="`key_of(key_id)`.")
    key_id = models.CharField(max_length=500)
    actor = models.ForeignKey(RemoteActor, on_delete=models.CASCADE, related_name="keys")
    pem = models.TextField()
    fetched_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key_id
