"""How much somebody has brought within this minute."""

from __future__ import annotations

from django.db import models


class Allowance(models.Model):
    """One row for each sender and for each server, written over from minute to minute."""

    key = models.BigIntegerField(unique=True, help_text="`key_of` an actor's URI or a host.")
    minute = models.IntegerField(help_text="Minutes since 1970.")
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
