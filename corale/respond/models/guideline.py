"""Advice for those who answer; not approval."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from corale.people.models import Person


class Guideline(models.Model):
    """One version of the company's guideline, in Markdown. The newest is shown at the composer; none is overwritten."""

    version = models.PositiveIntegerField(unique=True)
    summary = models.TextField(help_text="Two or three lines, shown at the composer.")
    body = models.TextField(blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"v{self.version}"
