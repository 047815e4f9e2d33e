"""Administration is a mode: asked for, proved, seen, recorded, and over by itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from corale.accounts import first
from corale.accounts.models import User
from corale.accounts.policies import ADMIN_MODE
from corale.ledger.audit import AuditEntry
from tests.unit.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db

GUARDED = "/account/mail/"


def test_an_administrator_is_asked_for_the_password_first(browser: Callable[..., Client], administrator: User) -> None:
    ada = browser(administrator)

    sent = ada.get(GUARDED)
    assert sent["Location"] == "/account/admin-mode/?next=%2Faccount%2Fmail%2F"
    asked = ada.post("/account/admin-mode/", {"next": GUARDED})
    assert asked["Location"].startswith("/account/reauthenticate/")
    wrong = ada.post(asked["Location"], {"password": "not this one at all"})
    assert wrong.status_code == 200 and ada.get(GUARDED).status_code == 302
    right = ada.post(asked["Location"], {"password": PASSWORD})

    assert right["Location"] == GUARDED
    assert ada.get(GUARDED).status_code == 200
    assert AuditEntry.objects.filter(verb="admin_mode.entered", user_id=administrator.pk).count() == 1


def test_the_mode_is_seen_on_every_page_and_can_be_left(browser: Callable[..., Client], administrator: User) -> None:
    ada = browser(administrator, admin_mode=True)
    assert b"/account/admin-mode/end/" in ada.get("/about/").content

    ada.post("/account/admin-mode/end/")

    assert b"/account/admin-mode/end/" not in ada.get("/about/").content
    assert ada.get(GUARDED).status_code == 302
    assert AuditEntry.objects.filter(verb="admin_mode.left").count() == 1


def test_the_mode_ends_by_itself(browser: Callable[..., Client], administrator: User) -> None:
    ada = browser(administrator, admin_mode=True)
    assert 29 * 60 < ada.session[ADMIN_MODE] - time.time() <= 30 * 60

    session = ada.session
    session[ADMIN_MODE] = time.time() - 1
    session.save()

    assert ada.get(GUARDED).status_code == 302


def test_the_mode_ends_with_the_role(browser: Callable[..., Client], administrator: User) -> None:
    ada = browser(administrator, admin_mode=True)
    User.objects.update(role="coordinator")

    assert ada.get(GUARDED).status_code == 404


@pytest.mark.parametrize("path", [GUARDED, "/account/admin-mode/", "/account/audit/"])
def test_for_everybody_else_it_does_not_exist(
    browser: Callable[..., Client], member: User, coordinator: User, path: str
) -> None:
    assert browser(member).get(path).status_code == 404
    assert browser(coordinator).get(path).status_code == 404
    assert browser().get(path).status_code == 302


def test_nobody_is_sent_out_of_the_house(browser: Callable[..., Client], administrator: User) -> None:
    ada = browser(administrator, admin_mode=True)

    assert ada.post("/account/admin-mode/", {"next": "https://elsewhere.example/"})["Location"] == "/"
    assert ada.post("/account/admin-mode/end/", {"next": "//elsewhere.example/"})["Location"] == "/"


def test_what_htmx_asks_for_leads_the_whole_page_there(
    browser: Callable[..., Client], administrator: User, member: User
) -> None:
    answer = browser(administrator).post(
        f"/account/colleagues/{member.pk}/departure/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/account/colleagues/"},
    )

    assert answer.status_code == 204
    assert answer["HX-Redirect"].startswith("/account/admin-mode/?next=http")


def test_the_first_person_without_a_password_is_believed(client: Client) -> None:
    client.get(first.sign_in_link("http://testserver"))

    answer = client.post("/account/admin-mode/", {"next": GUARDED})

    assert answer["Location"] == GUARDED and client.get(GUARDED).status_code == 200


def test_signing_out_ends_the_mode(browser: Callable[..., Client], administrator: User) -> None:
    ada = browser(administrator, admin_mode=True)
    ada.post("/account/logout/")
    ada.post("/account/login/", {"login": administrator.email, "password": PASSWORD})

    assert ada.get(GUARDED).status_code == 302


def test_a_password_that_is_stored_anew_signs_nobody_out(
    browser: Callable[..., Client], administrator: User, settings: Any
) -> None:
    ada = browser(administrator)
    newer = "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher"
    settings.PASSWORD_HASHERS = [newer, *settings.PASSWORD_HASHERS]

    asked: Any = ada.post("/account/admin-mode/", {"next": GUARDED})
    ada.post(asked["Location"], {"password": PASSWORD})

    assert User.objects.get().password.startswith("pbkdf2_sha1")
    assert ada.get(GUARDED).status_code == 200
