"""The company whose house this is."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Company(models.Model):
    """One row: its name and the language it speaks unless somebody prefers another."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("company"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES, default="en")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="company_only_one")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Self:
        """The company, without a name while nobody has given it one."""
        return cls.objects.filter(pk=1).first() or cls()
