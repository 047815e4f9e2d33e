"""How far we have read."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from corale.channels.models.connection import Connection


class Cursor(models.Model):
    """Where to go on in one stream of a connection; saved in the transaction that keeps what it brought."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="cursors")
    stream = models.CharField(max_length=60)
    value = models.TextField(blank=True)
    moved_at = models.DateTimeField(default=timezone.now)
    reread_at = models.DateTimeField(null=True, blank=True, help_text="When everything was last read again.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "stream"], name="cursor_unique")]

    def __str__(self) -> str:
        return f"{self.stream}: {self.value}"
