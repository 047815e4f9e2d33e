"""Somebody: a customer, a colleague, a supplier; all of them are the same kind of thing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone


class PersonQuerySet(models.QuerySet["Person"]):
    """Which persons."""

    def colleagues(self) -> PersonQuerySet:
        """People of the company who can sign in."""
        return self.filter(user__isnull=False, user__is_active=True)

    def colleagues_by_name(self, most: int = 200) -> list[Person]:
        """Sorted here: asked for this order, SQLite walks the names of everybody the company has met."""
        return sorted(self.colleagues().order_by("user_id")[:most], key=lambda person: person.name.casefold())

    def visible_to(self, person: Person) -> PersonQuerySet:
        """Colleagues see everybody the company has met; nobody else sees anybody."""
        return self if person.is_colleague else self.none()


class Person(models.Model):
    """A human being. Identities say how they are known elsewhere; a colleague also has a user."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )
    name = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=120, blank=True, help_text="What they do in the company.")
    ask_me_about = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=12, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    avatar = models.CharField(max_length=400, blank=True, help_text="identity:<id>: the one whose picture it is.")
    about = models.TextField(blank=True, help_text="A note by colleagues; never published.")
    preferences = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    erased_at = models.DateTimeField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["name", "id"], name="person_name")]

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"

    @property
    def avatar_url(self) -> str:
        """Where their face is: `avatar` names the identity that brought it. Empty when there is none."""
        identity = self.avatar.removeprefix("identity:")
        return reverse("conversations:face", args=[identity]) if identity != self.avatar else ""

    @property
    def is_colleague(self) -> bool:
        """They work here and can sign in."""
        return self.user is not None and self.user.is_active
