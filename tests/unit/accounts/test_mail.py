"""Mails: two forms of the same words, in the reader's language; kept in a folder while no server is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as sent
from django.test import Client

from corale.accounts import mail, outbox
from corale.accounts.models import Company, User
from corale.ledger.audit import AuditEntry
from corale.project import environment

pytestmark = pytest.mark.django_db

WORDS: dict[str, Any] = {"name": "Nina", "by": "Ada & <Co>", "link": "http://h.example/x/", "expires_at": None}


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.CORALE_DATA = tmp_path
    settings.EMAIL_BACKEND = "corale.accounts.outbox.Outbox"
    return tmp_path / "outbox"


def test_both_forms_say_the_same_and_html_is_escaped() -> None:
    mail.send("accounts/mail/invitation", "nina@molino.example", **WORDS)

    message: Any = sent.outbox[0]
    html = message.alternatives[0][0]
    assert "Ada & <Co>" in message.body and "Ada &amp; &lt;Co&gt;" in html
    assert 'href="http://h.example/x/"' in html


def test_the_company_writes_in_its_own_language_to_those_who_have_not_chosen() -> None:
    Company.objects.create(name="Molino", language="it")
    mail.send("accounts/mail/invitation", "nina@molino.example", **WORDS)

    message: Any = sent.outbox[0]
    assert "Molino" in message.subject and '<html lang="it">' in message.alternatives[0][0]


def test_nothing_is_sent_to_an_address_that_cannot_exist() -> None:
    assert mail.send("accounts/mail/invitation", "first-person@corale.invalid", **WORDS) is False
    assert not sent.outbox


def test_without_a_server_mails_lie_in_the_outbox(folder: Path) -> None:
    mail.send("accounts/mail/invitation", "nina@molino.example", **WORDS)

    (letter,) = outbox.letters()
    (path,) = folder.iterdir()
    assert letter.to == "nina@molino.example" and "http://h.example/x/" in letter.text
    assert path.suffix == ".eml" and path.stat().st_mode & 0o077 == 0
    assert not mail.goes_out()


def test_an_administrator_reads_them_and_it_is_recorded(
    browser: Callable[..., Client], administrator: User, folder: Path
) -> None:
    mail.send("accounts/mail/invitation", "nina@molino.example", **WORDS)
    ada = browser(administrator, admin_mode=True)

    assert b"nina@molino.example" in ada.get("/account/mail/").content
    assert b"http://h.example/x/" in ada.get(f"/account/mail/{outbox.letters()[0].name}/").content
    assert AuditEntry.objects.get(verb="letter.read").detail == {"to": "nina@molino.example"}


def test_nothing_but_letters_is_read(browser: Callable[..., Client], administrator: User, folder: Path) -> None:
    (folder.parent / "secret.eml").write_text("secret")
    ada = browser(administrator, admin_mode=True)

    assert ada.get("/account/mail/..%2Fsecret.eml/").status_code == 404
    assert outbox.letter("../secret.eml") is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://anna:p%40ss@mail.example", ("mail.example", 587, True, False, "p@ss")),
        ("smtps://anna:x@mail.example", ("mail.example", 465, False, True, "x")),
        ("smtp://mail.example:25?tls=0", ("mail.example", 25, False, False, "")),
    ],
)
def test_the_mail_server_is_named_by_an_address(
    monkeypatch: pytest.MonkeyPatch, url: str, expected: tuple[object, ...]
) -> None:
    monkeypatch.setenv("EMAIL_URL", url)

    found = environment.mail("corale.example")

    names = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_USE_SSL", "EMAIL_HOST_PASSWORD")
    assert tuple(found[name] for name in names) == expected


def test_the_sender_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_URL", "smtp://mail.example?from=Molino%20%3Cciao@molino.example%3E")

    assert environment.mail("corale.example")["DEFAULT_FROM_EMAIL"] == "Molino <ciao@molino.example>"


@pytest.mark.parametrize("url", ["pop3://mail.example", "smtp://", "mail.example:25"])
def test_an_address_that_is_no_mail_server_says_so_at_the_start(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("EMAIL_URL", url)

    with pytest.raises(ValueError, match="EMAIL_URL"):
        environment.mail("corale.example")
