"""How far a model has read."""

from __future__ import annotations

from django.db import models


class Progress(models.Model):
    """New messages are read upward from `ahead`, the past downward from `behind`; edits by their number. `version` is
    that of a model, or `queries` for the saved queries, which look into the past each for itself (`LookBack`)."""

    version = models.CharField(max_length=40, unique=True)
    ahead = models.BigIntegerField(default=0)
    behind = models.BigIntegerField(default=0)
    edits = models.BigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "progress"

    def __str__(self) -> str:
        return f"{self.version}: {self.behind}…{self.ahead}"
