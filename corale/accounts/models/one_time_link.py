"""A link printed on the console, which signs somebody in once."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from corale.accounts import tokens

LIFE = timedelta(hours=24)


class OneTimeLinks(models.QuerySet["OneTimeLink"]):
    """Which links still open something."""

    def usable(self) -> OneTimeLinks:
        return self.filter(used_at=None, expires_at__gt=timezone.now())

    def spend(self, token: str) -> OneTimeLink | None:
        """The link of this token, which from now on opens nothing; None if it never did, or did already."""
        found = self.usable().filter(digest=tokens.digest(token))
        link = found.first()
        return link if link and found.update(used_at=timezone.now()) else None


class OneTimeLink(models.Model):
    """For a user, or for whoever comes first when there is no user yet. `at_once`: without asking who they are."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    at_once = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects: ClassVar[OneTimeLinks] = OneTimeLinks.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"{self.user_id or 'first person'} until {self.expires_at:%Y-%m-%d %H:%M}"

    @classmethod
    def make(cls, user_id: int | None, *, at_once: bool = True) -> str:
        """A new link's token; earlier ones for the same user open nothing any more."""
        token, digest = tokens.fresh()
        cls.objects.usable().filter(Q(user_id=user_id) if user_id else Q(user=None)).update(used_at=timezone.now())
        cls.objects.create(user_id=user_id, digest=digest, at_once=at_once, expires_at=timezone.now() + LIFE)
        return token
