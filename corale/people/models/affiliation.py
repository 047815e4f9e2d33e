"""What somebody is to the company."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corale.people.models.person import Person


class Affiliation(models.Model):
    """Employee, customer or supplier; since when, until when."""

    class Kind(models.TextChoices):
        EMPLOYEE = "employee", _("Employee")
        CUSTOMER = "customer", _("Customer")
        SUPPLIER = "supplier", _("Supplier")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"
