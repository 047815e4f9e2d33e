"""Asking a colleague to come, asking again, taking it back."""

from __future__ import annotations

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from corale.accounts import mail
from corale.accounts.errors import AlreadyHere, NoLongerValid
from corale.accounts.models import Invitation, User
from corale.ledger.audit import audit


@transaction.atomic
def invite(name: str, email: str, role: str, *, language: str, by: HttpRequest) -> tuple[Invitation, str]:
    """The invitation and its link, which is known only now: only a digest of it is kept."""
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise AlreadyHere(email)
    invitation = Invitation(name=name, email=email, role=role, language=language, invited_by_id=by.user.pk)
    token = invitation.renew()
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError as error:
        raise AlreadyHere(email) from error
    audit(by, "colleague.invited", f"invitation:{invitation.pk}", email=email, role=role)
    return invitation, link_of(token)


@transaction.atomic
def invite_again(invitation: Invitation, *, by: HttpRequest) -> str:
    """A new link, good for another week; the one before opens nothing any more."""
    invitation = _locked(invitation)
    token = invitation.renew()
    invitation.save(update_fields=["digest", "expires_at"])
    audit(by, "colleague.invited_again", f"invitation:{invitation.pk}", email=invitation.email)
    return link_of(token)


@transaction.atomic
def withdraw(invitation: Invitation, *, by: HttpRequest) -> None:
    """Doing it twice is doing it once; an invitation that was accepted stays accepted."""
    if Invitation.objects.open().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
        audit(by, "invitation.withdrawn", f"invitation:{invitation.pk}", email=invitation.email)


def send_invitation(invitation: Invitation, link: str) -> bool:
    """False when no mail leaves the house, or the mail server would not have it: then the link is given by hand."""
    by = invitation.invited_by.name if invitation.invited_by else ""
    try:
        sent = mail.send(
            "accounts/mail/invitation",
            invitation.email,
            language=invitation.language,
            name=invitation.name,
            by=by,
            link=link,
            expires_at=invitation.expires_at,
        )
    except OSError:  # what smtplib raises, and what the network raises below it
        return False
    return sent and mail.goes_out()


def link_of(token: str) -> str:
    return f"{settings.CORALE_URL}{reverse('accounts:join', args=[token])}"


def _locked(invitation: Invitation) -> Invitation:
    found = Invitation.objects.select_for_update().open().filter(pk=invitation.pk).first()
    if found is None:
        raise NoLongerValid(str(invitation.pk))
    return found
