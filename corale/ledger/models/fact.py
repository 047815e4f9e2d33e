"""One thing that happened."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Fact(models.Model):
    """A row of the append-only ledger: ids, a kind and times; never words, names or handles.

    Ids are plain integers, not foreign keys: a fact outlives what it speaks of. The database itself refuses to change
    or delete a row (a trigger), except those of the demo company.
    """

    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now)
    by_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    conversation_id = models.BigIntegerField(null=True)
    message_id = models.BigIntegerField(null=True)
    connection_id = models.BigIntegerField(null=True)
    auto = models.BooleanField(default=False)
    demo = models.BooleanField(default=False)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "at"], name="fact_kind_at"),
            models.Index(
                fields=["conversation_id", "id"],
                name="fact_conversation",
                condition=models.Q(conversation_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M:%S}"
