"""The figures as they stood at a moment, and every row they rest on."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Which snapshots."""

    def newest(self, *, demo: bool, days: int) -> Snapshot | None:
        """The one to show; one that is still being made is not."""
        return self.filter(demo=demo, days=days, took_ms__gt=0).order_by("-id").first()


class Snapshot(models.Model):
    """One computation over one window. The newest of each window and scope is shown; older ones keep their figures."""

    demo = models.BooleanField(default=False)
    days = models.PositiveSmallIntegerField(default=91)
    as_of = models.DateTimeField(default=timezone.now)
    definitions = models.CharField(max_length=20)
    last_fact = models.BigIntegerField(default=0)
    figures = models.JSONField(default=dict)
    took_ms = models.PositiveIntegerField(default=0)  # 0 while it is being made

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["demo", "days", "-id"], name="snapshot_newest")]

    def __str__(self) -> str:
        return f"{self.days} days to {self.as_of:%Y-%m-%d %H:%M}"


class Counting(models.Model):
    """A row that a measure counted, for or against, or left out and why. Kept for the newest snapshot only."""

    class State(models.IntegerChoices):
        HIT = 0
        MISS = 1
        OUT = 2

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="rows", db_index=False)
    measure = models.CharField(max_length=4)
    state = models.SmallIntegerField(choices=State.choices)
    at = models.DateTimeField()
    conversation_id = models.BigIntegerField(null=True)
    message_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    ref = models.BigIntegerField(null=True)
    by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    seconds = models.FloatField(null=True)

    class Meta:
        indexes = [models.Index(fields=["snapshot", "measure", "state", "at", "id"], name="counting_rows")]

    def __str__(self) -> str:
        return f"{self.measure} {self.get_state_display()} {self.at:%Y-%m-%d}"
