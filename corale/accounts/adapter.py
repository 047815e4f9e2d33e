"""How our library for signing in speaks with our house: nobody signs up uninvited; mails look like ours."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMessage
from django.http import HttpRequest

from corale.accounts import mail


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Only what differs from the library's own way."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

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
