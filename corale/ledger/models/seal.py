"""A link of the chain that shows that nobody changed the book."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Seal(models.Model):
    """Covers the facts from `first_id` to `last_id` (the demo's are not in the book): the SHA-256 of the seal before it
    and of every line, as the export writes it."""

    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.first_id}–{self.last_id}"
