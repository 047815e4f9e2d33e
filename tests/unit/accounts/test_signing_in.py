"""Signing in: with a password, a code, and not too often."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from corale.accounts.models import User
from tests.unit.accounts.conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


def test_the_address_may_be_written_in_any_case(client: Client, member: User) -> None:
    client.post("/account/login/", {"login": "MARTA@Molino.example", "password": PASSWORD})

    assert client.session["_auth_user_id"] == str(member.pk)


def test_every_page_asks_who_one_is(client: Client, member: User) -> None:
    assert client.get("/account/")["Location"] == "/account/login/?next=/account/"


@pytest.mark.parametrize("path", ["/account/login/", "/account/password/reset/", "/about/", "/health/"])
def test_what_comes_before_signing_in_is_open(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 200


def test_guessing_a_password_is_stopped_also_from_many_places(member: User) -> None:
    for number in range(5):
        Client(REMOTE_ADDR=f"198.51.100.{number}").post(
            "/account/login/", {"login": member.email, "password": f"guess {number}"}
        )

    late = Client(REMOTE_ADDR="198.51.100.99")
    sign_in(late, member)

    assert "_auth_user_id" not in late.session


def test_who_is_deactivated_does_not_come_in(client: Client, member: User) -> None:
    User.objects.update(is_active=False)
    sign_in(client, member)

    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_is_replaced_by_mail(client: Client, member: User) -> None:
    client.post("/account/password/reset/", {"email": member.email})
    letter = mail.outbox[0]
    found = re.search(r"http://[^/]+(/account/password/reset/key/\S+/)", str(letter.body))
    assert found is not None

    form = client.get(found.group(1))
    client.post(
        form["Location"], {"password1": "sei parole del tutto nuove", "password2": "sei parole del tutto nuove"}
    )

    member.refresh_from_db()
    assert member.check_password("sei parole del tutto nuove")
    assert Client().get(found.group(1)).status_code == 200  # the page which says that the link is spent
    assert [alternative[1] for alternative in letter.alternatives] == ["text/html"]  # type: ignore[attr-defined]


def test_a_stranger_does_not_learn_who_is_here(client: Client, member: User) -> None:
    known = client.post("/account/password/reset/", {"email": member.email})
    unknown = client.post("/account/password/reset/", {"email": "nobody@molino.example"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_a_changed_password_signs_the_other_browsers_out(browser: Callable[..., Client], member: User) -> None:
    here, there = browser(member), browser(member)

    here.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "sei parole del tutto nuove", "password2": "sei parole del tutto nuove"},
    )

    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
    assert "marta@molino.example" in mail.outbox[-1].to


def test_one_sees_where_one_is_signed_in_and_ends_the_others(browser: Callable[..., Client], member: User) -> None:
    here, there = browser(member), browser(member)
    assert UserSession.objects.filter(user=member).count() == 2
    assert here.get("/account/sessions/").status_code == 200

    here.post("/account/sessions/")

    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200


def test_a_code_from_the_app_is_asked_for_once_it_is_set_up(browser: Callable[..., Client], member: User) -> None:
    secret = set_up_codes(browser(member))
    client = Client()

    asked = sign_in(client, member)
    assert asked["Location"].startswith("/account/2fa/authenticate/")
    assert "_auth_user_id" not in client.session
    client.post(asked["Location"], {"code": "000000"})
    assert "_auth_user_id" not in client.session
    forget_used_codes()
    client.post(asked["Location"], {"code": code_for(secret)})

    assert client.session["_auth_user_id"] == str(member.pk)


def test_a_recovery_code_opens_once(browser: Callable[..., Client], member: User) -> None:
    set_up_codes(browser(member))
    codes = Authenticator.objects.get(user=member, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()

    first, second = Client(), Client()
    for client in (first, second):
        client.post(sign_in(client, member)["Location"], {"code": codes[0]})

    assert first.session["_auth_user_id"] == str(member.pk)
    assert "_auth_user_id" not in second.session


def test_setting_up_codes_asks_for_the_password_first(browser: Callable[..., Client], member: User) -> None:
    answer = browser(member).get("/account/2fa/totp/activate/")

    assert answer["Location"].startswith("/account/reauthenticate/")


def test_a_passkey_is_asked_for_with_a_challenge_of_its_own(client: Client, db: None) -> None:
    ask = {"headers": {"X-Requested-With": "XMLHttpRequest"}}
    first = client.get("/account/2fa/webauthn/login/", **ask).json()  # type: ignore[arg-type]
    second = client.get("/account/2fa/webauthn/login/", **ask).json()  # type: ignore[arg-type]

    assert first["request_options"]["publicKey"]["challenge"] != second["request_options"]["publicKey"]["challenge"]


def test_the_sign_in_page_offers_no_signing_up(client: Client, db: None) -> None:
    page = client.get("/account/login/").content.decode()

    assert "/account/signup/" not in page and 'id="passkey_login"' in page


def set_up_codes(client: Client) -> str:
    """Enrols as a person does: password, secret, first code. Returns the secret."""
    page = "/account/2fa/totp/activate/"
    client.post(client.get(page)["Location"], {"password": PASSWORD})
    secret = str(client.get(page).context["form"].secret)
    client.post(page, {"code": code_for(secret)})
    return secret


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def forget_used_codes() -> None:
    """A code is good for one use; the test cannot wait half a minute for the next one."""
    from django.core.cache import cache

    cache.clear()
