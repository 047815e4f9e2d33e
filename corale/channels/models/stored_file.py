"""Files we keep: pictures in and out, by the hash of their content."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone


class StoredFile(models.Model):
    """A file under CORALE_DATA/media, named by its SHA-256; the same picture twice is one file."""

    sha256 = models.CharField(max_length=64, unique=True)
    mime = models.CharField(max_length=100)
    size = models.BigIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    source_url = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["source_url"], name="storedfile_source")]

    def __str__(self) -> str:
        return self.sha256

    @property
    def path(self) -> Path:
        """Where it lies."""
        return Path(settings.MEDIA_ROOT) / self.sha256[:2] / self.sha256
