"""What we remember of other servers' things beside the envelopes themselves."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Tombstone(models.Model):
    """Deleted or taken back there. What comes late, in another order than it was said, does not bring it back."""

    key = models.BigIntegerField(unique=True, help_text="`key_of(uri)` of an object or activity.")
    uri = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.uri


class Overheard(models.Model):
    """An object of others' that we have seen or asked for: what it answers, and in which thread it stands for us."""

    key = models.BigIntegerField(unique=True, help_text="`key_of(uri)`.")
    uri = models.CharField(max_length=500)
    parent = models.CharField(max_length=500, blank=True)
    root = models.CharField(max_length=500, blank=True, help_text="What began the thread, as far as we know it.")
    at = models.DateTimeField(default=timezone.now, db_index=True, help_text="When we last saw it or asked for it.")

    class Meta:
        verbose_name_plural = "overheard"

    def __str__(self) -> str:
        return self.uri


class Stumble(models.Model):
    """A kept envelope whose work did not succeed: tried again, or set aside for somebody to look at. What the same
    sender said after it waits behind it."""

    envelope_id = models.BigIntegerField(unique=True)
    sender_key = models.BigIntegerField(db_index=True, help_text="`key_of(signer)`.")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    problem = models.CharField(max_length=500, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_at", "envelope_id"], name="activitypub_stumble_due",
                condition=models.Q(set_aside_at=None),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.envelope_id}: {self.problem}"
