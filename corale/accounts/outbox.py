"""Where mails lie while no mail server is configured: one .eml file each, in the data folder."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage as Parsed
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Outbox(BaseEmailBackend):
    """Writes instead of sending."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
            path = folder() / f"{stamp}-{token_hex(4)}.eml"
            path.touch(mode=0o600)
            path.write_bytes(message.message().as_bytes())
        return len(email_messages)


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail of the outbox."""

    name: str
    at: datetime
    to: str
    subject: str
    text: str


def folder() -> Path:
    return Path(settings.CORALE_DATA) / "outbox"


def letters(limit: int = 50) -> list[Letter]:
    """The newest first."""
    return [_read(path) for path in sorted(folder().glob("*.eml"), reverse=True)[:limit]]


def letter(name: str) -> Letter | None:
    """One by its name; names are compared with what is there, never turned into a path."""
    return next((_read(path) for path in folder().glob("*.eml") if path.name == name), None)


def _read(path: Path) -> Letter:
    parsed = email.message_from_bytes(path.read_bytes(), _class=Parsed, policy=email.policy.default)
    body = parsed.get_body(("plain",))
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    text = body.get_content() if body is not None else ""
    return Letter(path.name, at, str(parsed["To"] or ""), str(parsed["Subject"] or ""), text)
