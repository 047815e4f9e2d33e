"""Coming in: by the link from the console, by invitation, with a password, with a passkey."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress

from corale.accounts import first
from corale.accounts.models import Role, User
from corale.accounts.signals import user_joined
from tests.support.accessibility import assert_accessible

PASSWORD = "quattro parole senza senso"


@pytest.fixture
def ada(db):
    user = User.objects.create_user("ada@molino.test", PASSWORD, role=Role.ADMINISTRATOR)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    user_joined.send(User, user=user, name="Ada Bruni", language="en")
    return user


def test_the_first_person_is_let_in_and_makes_the_account_their_own(visit, product, db):
    page = visit(first.sign_in_link(product.url))
    assert "/account/" not in page.url
    page.locator(".banner a[href='/account/finish/']").click()
    assert_accessible(page)

    page.get_by_label("Your full name").fill("Giulia Ferri")
    page.get_by_label("E-mail").fill("giulia@molino.test")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Your company").fill("Molino")
    page.get_by_role("button", name="Keep this account").click()
    page.wait_for_url("**/desk/**")

    assert page.locator(".banner a[href='/account/finish/']").count() == 0
    assert User.objects.get().name == "Giulia Ferri"


def test_a_colleague_is_invited_and_comes_in_on_a_phone(visit, ada):
    page = visit("/account/colleagues/", ada)
    page.get_by_label("Full name").fill("Nina Conti")
    page.locator("#id_email").fill("nina@molino.test")
    page.get_by_role("button", name="Invite", exact=True).click()
    link = page.locator("#link").input_value()
    assert_accessible(page)

    phone = visit(link, phone=True, dark=True)
    assert_accessible(phone)
    phone.get_by_label("Password").fill(PASSWORD)
    phone.get_by_role("button", name="Come in").click()
    phone.wait_for_url("**/desk/**")

    assert User.objects.get(email="nina@molino.test").name == "Nina Conti"


def test_administration_is_taken_with_the_password_and_left(visit, ada):
    page = visit("/account/mail/", ada)
    assert_accessible(page)
    page.get_by_role("button", name="Start administration").click()
    assert_accessible(page)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(lambda address: urlsplit(address).path == "/account/mail/")
    assert_accessible(page)

    page.get_by_role("button", name="Leave").click()
    assert page.locator(".banner--power").count() == 0


def test_a_passkey_is_made_and_lets_one_in(visit, ada):
    page = visit("/account/login/")
    assert_accessible(page)
    give_a_passkey_device(page)
    page.get_by_label("E-mail").fill(ada.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/desk/**")

    page.goto("/account/2fa/webauthn/add/")
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.locator("#id_passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda address: "/webauthn/add/" not in address)
    page.goto("/account/logout/")
    page.locator("main button[type=submit]").first.click()
    page.goto("/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/desk/**")

    assert page.locator(".me__name").inner_text() == "Ada Bruni"


def give_a_passkey_device(page):
    """The browser behaves as if its owner touched a reader whenever it asks."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": device})


@pytest.mark.parametrize("address", ["", "email/", "password/change/", "2fa/", "sessions/", "audit/", "colleagues/"])
def test_every_page_of_an_account_can_be_used_by_everybody(visit, ada, address):
    page = visit(f"/account/{address}", ada, phone=True, dark=True, language="it")

    assert page.locator("h1").first.is_visible()
    assert_accessible(page)
