"""A job: one call of a task that must not be lost."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class JobQuerySet(models.QuerySet["Job"]):
    def waiting(self) -> JobQuerySet:
        return self.filter(state=Job.State.WAITING)

    def running(self) -> JobQuerySet:
        return self.filter(state=Job.State.RUNNING)

    def failed(self) -> JobQuerySet:
        return self.filter(state=Job.State.FAILED)


class Job(models.Model):
    """Waits until it is due, runs under a lease, is done or has failed; kept for a while, then pruned."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    queue = models.CharField(max_length=32, default="default")
    task = models.CharField(max_length=200)
    arguments = models.TextField(default="[[], {}]")
    key = models.CharField(max_length=200, blank=True, default="")
    group = models.CharField(max_length=200, blank=True, default="")
    group_limit = models.PositiveSmallIntegerField(default=1)
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    run_after = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=64, blank=True, default="")
    problem = models.TextField(blank=True, default="")
    result = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Job]] = models.Manager.from_queryset(JobQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "key"],
                condition=models.Q(state="waiting") & ~models.Q(key=""),
                name="jobs_one_waiting_per_key",
            )
        ]
        indexes = [
            models.Index(
                models.F("priority").desc(),
                "run_after",
                "id",
                condition=models.Q(state="waiting"),
                name="jobs_waiting",
            ),
            models.Index(fields=["group", "lease_until"], condition=models.Q(state="running"), name="jobs_running"),
            models.Index(fields=["id"], condition=models.Q(state="failed"), name="jobs_failed"),
            models.Index(fields=["finished_at"], condition=models.Q(state="done"), name="jobs_done"),
        ]

    def __str__(self) -> str:
        return f"{self.task}#{self.pk}"

    @property
    def reason(self) -> str:
        """The last line of what went wrong: what a person reads first."""
        return self.problem.strip().rsplit("\n", 1)[-1]
