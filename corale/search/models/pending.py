"""Something whose words changed and that the index has not read yet."""

from __future__ import annotations

from django.db import models


class Pending(models.Model):
    """Written in the transaction that changed the words; the indexer takes rows in batches and removes them."""

    kind = models.SmallIntegerField(default=0, help_text="0: a message, 1: a person, 2: a theme.")
    object_id = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "pending"

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
