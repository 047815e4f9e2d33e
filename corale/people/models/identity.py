"""How a person is known on a network."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from corale.people.models.person import Person


class Identity(models.Model):
    """One account of a person. The key is the network's stable id; the handle may change and keeps its history."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identities")
    platform = models.CharField(max_length=30)
    stable_id = models.CharField(max_length=300)
    handle = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=200, blank=True)
    avatar_url = models.CharField(max_length=1000, blank=True)
    description = models.TextField(blank=True)
    url = models.CharField(max_length=1000, blank=True)
    reachable = models.BooleanField(default=True)
    ours = models.BooleanField(default=False, help_text="An account of the company.")
    first_seen = models.DateTimeField(default=timezone.now)
    last_seen = models.DateTimeField(default=timezone.now)
    profile_at = models.DateTimeField(null=True, blank=True, help_text="When the profile was last read there.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["platform", "stable_id"], name="identity_unique")]
        verbose_name_plural = "identities"

    def __str__(self) -> str:
        return self.handle or self.stable_id


class IdentityName(models.Model):
    """A handle or name that an identity had, and since when: history is never overwritten."""

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="names")
    handle = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["identity", "since"], name="identityname_since")]

    def __str__(self) -> str:
        return f"{self.handle} ({self.since:%Y-%m-%d})"
