"""Coming: by invitation, or as the first person of an empty house."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from corale.accounts.errors import AlreadyHere, NoLongerValid
from corale.accounts.models import Company, Invitation, Role, User
from corale.accounts.signals import user_introduced, user_joined
from corale.ledger.audit import audit

PLACEHOLDER = "first-person@corale.invalid"


@transaction.atomic
def accept(token: str, *, name: str, password: str, language: str) -> User:
    """The invited colleague can sign in from now on. The address counts as theirs: somebody who knows them wrote it."""
    invitation = Invitation.objects.select_for_update().for_token(token).first()
    if invitation is None:
        raise NoLongerValid("invitation")
    user = _arrive(name, invitation.email, password, language, role=invitation.role)
    invitation.user, invitation.accepted_at = user, timezone.now()
    invitation.save(update_fields=["user", "accepted_at"])
    audit(user, "invitation.accepted", f"invitation:{invitation.pk}")
    return user


@transaction.atomic
def arrive_first(*, name: str, email: str, password: str, language: str, company: str) -> User:
    """The first person of an empty house, who looks after it."""
    _nobody_here()
    user = _arrive(name, email, password, language, role=Role.ADMINISTRATOR)
    _name_company(company, language)
    audit(user, "house.opened", f"user:{user.pk}")
    return user


@transaction.atomic
def arrive_at_once(*, name: str, language: str) -> User:
    """The first person, let in before they have said who they are; the console vouched for them."""
    _nobody_here()
    user = _arrive(name, PLACEHOLDER, None, language, role=Role.ADMINISTRATOR, is_provisional=True)
    audit(user, "house.opened", f"user:{user.pk}", provisional=True)
    return user


@transaction.atomic
def finish(user: User, *, name: str, email: str, password: str, language: str, company: str) -> None:
    """A provisional account becomes somebody's own."""
    user.email, user.is_provisional = email.strip().lower(), False
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(update_fields=["email", "is_provisional", "password"])
    except IntegrityError as error:
        raise AlreadyHere(email) from error
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    _name_company(company, language)
    user_introduced.send(User, user=user, name=name, language=language)
    audit(User.objects.get(pk=user.pk), "account.finished", f"user:{user.pk}")  # by the name they have now


def _arrive(name: str, email: str, password: str | None, language: str, **fields: Any) -> User:
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, password, **fields)
    except IntegrityError as error:
        raise AlreadyHere(email) from error
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    user_joined.send(User, user=user, name=name, language=language)
    return user


def _name_company(name: str, language: str) -> None:
    Company.objects.update_or_create(pk=1, defaults={"name": name, "language": language})


def _nobody_here() -> None:
    if User.objects.at_home().exists():
        raise NoLongerValid("first person")
