"""How our library for signing in speaks with our house: nobody signs up uninvited; mails look like ours."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.core.mail import EmailMessage
from django.http import HttpRequest

from corale.accounts import mail
from corale.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Only what differs from the library's own way."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def reauthenticate(self, user: User, password: str) -> bool:
        """Checking a password may store it in a newer form; that must not sign its owner out of this browser."""
        before = user.password
        is_theirs = bool(super().reauthenticate(user, password))
        user.refresh_from_db(fields=["password"])
        if is_theirs and user.password != before:
            update_session_auth_hash(self.request, user)
            UserSession.objects.create_from_request(self.request)
        return is_theirs

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        to = email if isinstance(email, str) else email[0]
        return mail.compose(template_prefix, to, context)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if not email.endswith(mail.NOWHERE):
            super().send_mail(template_prefix, email, context)
