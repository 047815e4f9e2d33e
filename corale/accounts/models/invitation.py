"""A colleague who was asked to come."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corale.accounts import tokens
from corale.accounts.models.user import Role

LIFE = timedelta(days=7)


class Invitations(models.QuerySet["Invitation"]):
    """Which invitations."""

    def open(self) -> Invitations:
        """Not accepted and not withdrawn; perhaps expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def acceptable(self) -> Invitations:
        return self.open().filter(expires_at__gt=timezone.now())

    def for_token(self, token: str) -> Invitations:
        return self.acceptable().filter(digest=tokens.digest(token))


class Invitation(models.Model):
    """By name, address and role; good for one week and one person."""

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=16, choices=Role.choices, default=Role.MEMBER)
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES, default="en")
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="invitation"
    )

    objects: ClassVar[Invitations] = Invitations.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                name="invitation_one_open",
                condition=models.Q(accepted_at=None, withdrawn_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    def renew(self) -> str:
        """A new token, good for another week; the one before opens nothing any more. Not saved."""
        token, self.digest = tokens.fresh()
        self.expires_at = timezone.now() + LIFE
        return token
