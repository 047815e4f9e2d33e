"""Somebody who signs in. Who they are to others (name, face, language) is a Person, one floor up."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody looks after: their own work, everybody's work, the house."""

    MEMBER = "member", _("Member")
    COORDINATOR = "coordinator", _("Coordinator")
    ADMINISTRATOR = "administrator", _("Administrator")


class Users(BaseUserManager["User"]):
    """Everybody who signs in."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A new user; without a password nobody can sign in with one."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())

    def at_home(self) -> models.QuerySet[User]:
        """Those with a way in of their own. The demo company's colleagues have none, and do not count."""
        return self.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX, is_provisional=False)

    def active(self) -> models.QuerySet[User]:
        return self.filter(is_active=True)

    def administrators(self) -> models.QuerySet[User]:
        """Those who really can look after the house."""
        return self.at_home().filter(is_active=True, role=Role.ADMINISTRATOR)


class User(AbstractBaseUser):
    """An e-mail address, a role, and the ways to prove that it is really them.

    Provisional is the first person until they have chosen an address and a password.
    """

    email = models.EmailField(_("e-mail"), unique=True)
    role = models.CharField(_("role"), max_length=16, choices=Role.choices, default=Role.MEMBER)
    is_active = models.BooleanField(_("active"), default=True)
    is_provisional = models.BooleanField(_("provisional"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[Users] = Users()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="user_email_any_case"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_known"),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def name(self) -> str:
        """What others call them: their Person's name, which the room above keeps; else their address."""
        return getattr(getattr(self, "person", None), "name", "") or self.email

    @property
    def language(self) -> str:
        """The language of mails to them; empty when they have not said."""
        return getattr(getattr(self, "person", None), "language", "")

    def clean(self) -> None:
        self.email = self.email.strip().lower()
