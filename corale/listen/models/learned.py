"""What the company's own corrections have taught."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Learned(models.Model):
    """One training. `figures` has two columns, before and after, over corrections that were held out; it is adopted
    only when the second is better."""

    base = models.CharField(max_length=40, help_text="version of the model it adds to")
    weights = models.BinaryField()
    corrections = models.PositiveIntegerField()
    held_out = models.PositiveIntegerField()
    figures = models.JSONField(default=dict)
    adopted = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "learned"

    def __str__(self) -> str:
        return self.version

    @property
    def version(self) -> str:
        """As readings name it."""
        return f"{self.base}+{self.pk}"
