"""What arrived, unmodified."""

from __future__ import annotations

from typing import cast

from django.db import models
from django.utils import timezone

from corale.channels.contract import Raw
from corale.channels.models.connection import Connection


class EnvelopeQuerySet(models.QuerySet["Envelope"]):
    """Which envelopes. Written as literals: SQLite uses a partial index only where it can read the condition."""

    def new(self) -> EnvelopeQuerySet:
        """Kept and not read yet."""
        return self._literally("channels_envelope.state = 0")

    def unreadable(self) -> EnvelopeQuerySet:
        """Read, and not understood."""
        return self._literally("channels_envelope.state = 2")

    def _literally(self, condition: str) -> EnvelopeQuerySet:
        found = self.extra(where=["channels_envelope.state IN (0, 2)", condition])  # noqa: S610 (our own constants)
        return cast(EnvelopeQuerySet, found)


class Envelope(models.Model):
    """Bytes as they came, kept before they are understood; may be read again after an upgrade.

    `key` is a 64-bit hash of what names this arrival: narrow, because a unique index on long addresses is what limits
    how fast an embedded database takes things in.
    """

    class State(models.IntegerChoices):
        NEW = 0
        UNDERSTOOD = 1
        UNREADABLE = 2
        IGNORED = 3  # nothing in it concerns us

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="envelopes", db_index=False)
    key = models.BigIntegerField()
    native_key = models.TextField(blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    body = models.BinaryField()
    headers = models.JSONField(default=dict)
    state = models.SmallIntegerField(choices=State.choices, default=State.NEW)
    parser_version = models.SmallIntegerField(default=0)
    problem = models.TextField(blank=True)
    keep_until = models.DateTimeField(null=True, blank=True)
    batch = models.BigIntegerField(null=True, help_text="The import that brought it.")

    objects = EnvelopeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "key"], name="envelope_unique")]
        indexes = [
            models.Index(fields=["batch", "id"], name="envelope_batch", condition=models.Q(batch__isnull=False)),
            models.Index(fields=["connection", "id"], name="envelope_unread", condition=models.Q(state__in=[0, 2])),
        ]

    def __str__(self) -> str:
        return self.native_key

    @property
    def raw(self) -> Raw:
        """As the adapter reads it."""
        return Raw(key=self.native_key, body=bytes(self.body), headers=self.headers, received_at=self.received_at)
