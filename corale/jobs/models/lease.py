"""A lease: the right of one worker to run one named loop, until it ends or is renewed."""

from __future__ import annotations

from django.db import models


class Lease(models.Model):
    name = models.CharField(max_length=100, primary_key=True)
    worker = models.CharField(max_length=64, blank=True, default="")
    until = models.DateTimeField()
    problem = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        return self.name
