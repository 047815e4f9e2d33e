"""Our account in a place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils import timezone

from corale.channels import registry, sealing
from corale.channels.contract import Adapter


class ConnectionQuerySet(models.QuerySet["Connection"]):
    """Which connections."""

    def listening(self) -> ConnectionQuerySet:
        """Those that are asked for news."""
        return self.filter(state=Connection.State.ACTIVE).exclude(kind__in=["demo", "files"])


class Connection(models.Model):
    """One account of the company on a channel. Its secret is kept sealed with the installation's key."""

    class State(models.TextChoices):
        ACTIVE = "active"
        PAUSED = "paused"
        DISCONNECTED = "disconnected"  # the account no longer lets us in: somebody must connect it again
        REMOVED = "removed"

    kind = models.CharField(max_length=30)
    stable_id = models.CharField(max_length=300)
    handle = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=200, blank=True)
    avatar_url = models.CharField(max_length=1000, blank=True)
    service = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=12, blank=True)
    sealed = models.TextField(blank=True)
    settings = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.ACTIVE)
    problem = models.TextField(blank=True)
    problem_at = models.DateTimeField(null=True, blank=True)
    connected_at = models.DateTimeField(default=timezone.now)
    connected_by_id = models.BigIntegerField(null=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    wait_until = models.DateTimeField(null=True, blank=True, help_text="The other side asked us to wait.")
    demo = models.BooleanField(default=False)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "stable_id"], name="connection_unique")]

    def __str__(self) -> str:
        return self.handle or self.name or self.stable_id

    @property
    def adapter(self) -> Adapter:
        """Who speaks this channel's language."""
        return registry.adapter_for(self.kind)

    @property
    def secret(self) -> dict[str, Any]:
        """What the account needs to let us in; opened only where it is used."""
        return dict(json.loads(sealing.open_sealed(self.sealed))) if self.sealed else {}

    def keep_secret(self, secret: Mapping[str, Any]) -> None:
        """Seals and saves at once: a refreshed session must not be lost."""
        self.sealed = sealing.seal(json.dumps(dict(secret)))
        type(self).objects.filter(pk=self.pk).update(sealed=self.sealed)
