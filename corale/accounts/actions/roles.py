"""What somebody may do, and whether they may come in at all."""

from __future__ import annotations

from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import HttpRequest

from corale.accounts.errors import LastAdministrator
from corale.accounts.models import Role, User
from corale.accounts.signals import user_left, user_returned
from corale.ledger.audit import audit


@transaction.atomic
def change_role(user: User, role: str, *, by: HttpRequest) -> None:
    """Doing it twice is doing it once."""
    user = _locked(user)
    if user.role == role:
        return
    if user.role == Role.ADMINISTRATOR:
        _somebody_else_stays(user)
    before, user.role = user.role, role
    user.save(update_fields=["role"])
    audit(by, "role.changed", f"user:{user.pk}", before=before, after=role)


@transaction.atomic
def deactivate(user: User, *, by: HttpRequest) -> None:
    """They are signed out everywhere and cannot come back; what they did stays theirs."""
    user = _locked(user)
    if not user.is_active:
        return
    _somebody_else_stays(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    user_left.send(User, user=user, by=by.user)
    audit(by, "colleague.deactivated", f"user:{user.pk}")


@transaction.atomic
def reactivate(user: User, *, by: HttpRequest) -> None:
    """They may come in again, as what they were."""
    user = _locked(user)
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    user_returned.send(User, user=user, by=by.user)
    audit(by, "colleague.reactivated", f"user:{user.pk}")


def end_sessions(user: User) -> None:
    """Every browser in which they are signed in forgets them."""
    get_adapter().end_sessions(UserSession.objects.filter(user=user))


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _somebody_else_stays(user: User) -> None:
    """All administrators are locked, so that the last two cannot dismiss each other at the same moment."""
    administrators = set(User.objects.administrators().select_for_update().values_list("pk", flat=True))
    if administrators == {user.pk}:
        raise LastAdministrator(str(user.pk))
