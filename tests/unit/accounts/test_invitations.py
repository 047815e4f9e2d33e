"""Colleagues come when they are invited: by a link, once, within a week."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from corale.accounts.models import Invitation, Role, User
from corale.ledger.audit import AuditEntry
from tests.unit.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db

GUEST = {"name": "Nina Conti", "email": "Nina@Molino.example", "role": "member", "language": "it"}
ANSWER = {"name": "Nina Conti", "password": PASSWORD, "language": "it"}


@pytest.fixture
def carlo(browser: Callable[..., Client], coordinator: User) -> Client:
    return browser(coordinator)


def test_an_invited_colleague_comes_in(carlo: Client) -> None:
    link = invite(carlo)
    guest = Client()

    assert guest.get(link).status_code == 200
    answer = guest.post(link, ANSWER)

    nina = User.objects.get(email="nina@molino.example")
    assert answer.status_code == 302 and guest.session["_auth_user_id"] == str(nina.pk)
    assert nina.role == Role.MEMBER and nina.name == "Nina Conti" and nina.language == "it"
    assert Invitation.objects.get().user == nina
    assert AuditEntry.objects.filter(verb="invitation.accepted", user_id=nina.pk).exists()


def test_the_mail_speaks_the_language_of_the_guest_and_carries_the_link(carlo: Client) -> None:
    link = invite(carlo)

    letter = mail.outbox[0]
    html: Any = letter.alternatives[0]  # type: ignore[attr-defined]
    assert letter.to == ["nina@molino.example"]
    assert link in letter.body and link in html[0]
    assert '<html lang="it">' in html[0]


def test_looking_at_the_invitation_does_not_use_it_up(carlo: Client) -> None:
    link = invite(carlo)
    Client().get(link)

    assert Client().post(link, ANSWER).status_code == 302


def test_the_link_works_once(carlo: Client) -> None:
    link = invite(carlo)
    Client().post(link, ANSWER)

    assert Client().get(link).status_code == 410
    assert Client().post(link, {**ANSWER, "name": "Somebody else"}).status_code == 410


def test_the_link_works_for_a_week(carlo: Client) -> None:
    link = invite(carlo)
    assert timedelta(days=6) < Invitation.objects.get().expires_at - timezone.now() <= timedelta(days=7)
    Invitation.objects.update(expires_at=timezone.now())

    assert Client().post(link, ANSWER).status_code == 410


def test_inviting_again_makes_a_new_link_and_ends_the_old_one(carlo: Client) -> None:
    before = invite(carlo)
    Invitation.objects.update(expires_at=timezone.now())

    after = link_in(carlo.post(f"/account/colleagues/invitations/{Invitation.objects.get().pk}/again/"))

    assert Client().get(before).status_code == 410
    assert Client().get(after).status_code == 200
    assert len(mail.outbox) == 2


def test_a_withdrawn_invitation_opens_nothing(carlo: Client) -> None:
    link = invite(carlo)

    carlo.post(f"/account/colleagues/invitations/{Invitation.objects.get().pk}/withdrawal/")

    assert Client().get(link).status_code == 410
    assert AuditEntry.objects.filter(verb="invitation.withdrawn").count() == 1


def test_who_was_withdrawn_can_be_invited_anew(carlo: Client) -> None:
    invite(carlo)
    carlo.post(f"/account/colleagues/invitations/{Invitation.objects.get().pk}/withdrawal/")

    assert Client().get(invite(carlo)).status_code == 200


@pytest.mark.parametrize("address", ["nina@molino.example", "NINA@molino.example"])
def test_nobody_is_invited_twice_at_the_same_time(carlo: Client, address: str) -> None:
    invite(carlo)

    answer = carlo.post("/account/colleagues/invitations/", {**GUEST, "email": address})

    assert answer.status_code == 422 and "email" in answer.context["form"].errors


def test_who_is_here_is_not_invited(carlo: Client, member: User) -> None:
    answer = carlo.post("/account/colleagues/invitations/", {**GUEST, "email": member.email})

    assert answer.status_code == 422 and not Invitation.objects.exists()


def test_only_a_digest_of_the_link_is_kept(carlo: Client) -> None:
    token = invite(carlo).rstrip("/").rpartition("/")[2]

    assert token not in str(list(Invitation.objects.values())) + str(list(AuditEntry.objects.values()))


def test_a_coordinator_does_not_invite_an_administrator(carlo: Client) -> None:
    assert carlo.post("/account/colleagues/invitations/", {**GUEST, "role": "administrator"}).status_code == 422
    assert not Invitation.objects.exists()


def test_an_administrator_invites_another_in_administration_only(
    browser: Callable[..., Client], administrator: User
) -> None:
    guest = {**GUEST, "role": "administrator"}

    refused = browser(administrator).post("/account/colleagues/invitations/", guest)
    invited = browser(administrator, admin_mode=True).post("/account/colleagues/invitations/", guest)

    assert refused["Location"].startswith("/account/admin-mode/")
    assert invited.status_code == 200 and Invitation.objects.get().role == Role.ADMINISTRATOR


def test_a_coordinator_does_not_touch_the_invitation_of_an_administrator(
    carlo: Client, browser: Callable[..., Client], administrator: User
) -> None:
    browser(administrator, admin_mode=True).post("/account/colleagues/invitations/", {**GUEST, "role": "administrator"})
    address = f"/account/colleagues/invitations/{Invitation.objects.get().pk}"

    assert carlo.post(f"{address}/again/").status_code == 404
    assert carlo.post(f"{address}/withdrawal/").status_code == 404


def test_for_a_member_there_is_no_such_place(browser: Callable[..., Client], member: User) -> None:
    marta = browser(member)

    assert marta.get("/account/colleagues/").status_code == 404
    assert marta.post("/account/colleagues/invitations/", GUEST).status_code == 404


def test_accepting_in_the_browser_of_somebody_else_ends_their_session(carlo: Client, coordinator: User) -> None:
    carlo.post(invite(carlo), ANSWER)

    assert carlo.session["_auth_user_id"] != str(coordinator.pk)


def test_a_weak_password_does_not_use_the_link_up(carlo: Client) -> None:
    link = invite(carlo)

    assert Client().post(link, {**ANSWER, "password": "nina"}).status_code == 422
    assert Client().post(link, ANSWER).status_code == 302


def test_a_mail_server_that_fails_does_not_lose_the_invitation(carlo: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: Any, **_kwargs: Any) -> bool:
        raise ConnectionRefusedError

    monkeypatch.setattr("corale.accounts.mail.send", fails)

    answer = carlo.post("/account/colleagues/invitations/", GUEST)

    assert answer.status_code == 200 and answer.context["is_sent"] is False
    assert Client().get(link_in(answer)).status_code == 200


def test_nobody_signs_up_uninvited(client: Client) -> None:
    client.post("/account/signup/", {"email": "x@x.example", "password1": PASSWORD, "password2": PASSWORD})

    assert not User.objects.exists()


def invite(client: Client) -> str:
    return link_in(client.post("/account/colleagues/invitations/", GUEST))


def link_in(answer: Any) -> str:
    found = re.search(r"http://[^/]+(/account/join/[\w-]+/)", answer.content.decode())
    assert found is not None
    return found.group(1)
