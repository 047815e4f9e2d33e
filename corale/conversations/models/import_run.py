"""A file that was read in, and what could not be."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corale.channels.models import Connection
from corale.people.models import Person


class ImportRun(models.Model):
    """How far an import has come, so that it goes on after a crash, and what it brought, so that it can be undone."""

    class State(models.TextChoices):
        READY = "ready", _("Ready")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        STOPPED = "stopped", _("Stopped")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="imports")
    name = models.CharField(max_length=300)
    path = models.CharField(max_length=1000, blank=True)
    shape = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READY)
    total_bytes = models.BigIntegerField(default=0)
    read_bytes = models.BigIntegerField(default=0)
    line = models.BigIntegerField(default=0)
    kept = models.BigIntegerField(default=0)
    known = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    problem = models.TextField(blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def percent(self) -> int:
        """How much of the file has been read."""
        return 100 if not self.total_bytes else min(100, 100 * self.read_bytes // self.total_bytes)


class RejectedLine(models.Model):
    """A line that could not be read: where, why, and how it begins."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rejected_lines", db_index=False)
    number = models.BigIntegerField()
    reason = models.CharField(max_length=500)
    beginning = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["run", "number"], name="rejectedline_number")]

    def __str__(self) -> str:
        return f"{self.number}: {self.reason}"
