"""Mails that look like Corale: plain words, and the same words in simple HTML, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from corale.accounts.models import Company, User

NOWHERE = ".invalid"
"""Addresses that cannot exist (RFC 2606): what a provisional account and the demo company have."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few lines; one that is nothing but a link is shown as the thing to do."""

    text: str

    @property
    def is_link(self) -> bool:
        return self.text.startswith(("http://", "https://")) and len(self.text.split()) == 1


def send(prefix: str, to: str, *, language: str = "", **context: Any) -> bool:
    """Renders `<prefix>_subject.txt` and `<prefix>_message.txt` and sends them; False if the address cannot exist.

    Opens a connection: never inside a transaction.
    """
    if to.endswith(NOWHERE):
        return False
    return bool(compose(prefix, to, context, language=language).send())


def compose(prefix: str, to: str, context: dict[str, Any], *, language: str = "") -> EmailMultiAlternatives:
    """The mail, not yet sent."""
    company = Company.current()
    with translation.override(language or language_of(to) or company.language):
        everything = {"company": company.name, "address": settings.CORALE_URL, **context}
        subject = " ".join(render_to_string(f"{prefix}_subject.txt", everything).split())
        text = render_to_string(f"{prefix}_message.txt", everything).strip()
        paragraphs = [Paragraph(part.strip()) for part in text.split("\n\n") if part.strip()]
        html = render_to_string(
            "accounts/mail/frame.html", {**everything, "subject": subject, "paragraphs": paragraphs}
        )
    message = EmailMultiAlternatives(subject, text + "\n", to=[to])
    message.attach_alternative(html, "text/html")
    return message


def language_of(address: str) -> str:
    """The language of whoever has this address, if they have said."""
    user = User.objects.filter(email=address.lower()).first()
    return user.language if user else ""


def goes_out() -> bool:
    """False while mails are only written to the outbox in the data folder."""
    return bool(settings.EMAIL_BACKEND != "corale.accounts.outbox.Outbox")
