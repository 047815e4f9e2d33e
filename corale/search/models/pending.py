"""Something whose words changed and that the index has not read yet."""

from __future__ import annotations

from django.db import models


class Pending(models.Model):
    """Written in the transaction that changed the words; the indexer takes rows in batches and removes them.

    `old` holds the words that were indexed before, when there were any: an index without the texts can forget only
    what it is told.
    """

    class Kind(models.IntegerChoices):
        MESSAGE = 0
        PERSON = 1
        THEME = 2

    kind = models.SmallIntegerField(choices=Kind.choices, default=Kind.MESSAGE)
    object_id = models.BigIntegerField()
    old = models.TextField(null=True)  # noqa: DJ001 (no words before is not empty words)

    class Meta:
        verbose_name_plural = "pending"

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
