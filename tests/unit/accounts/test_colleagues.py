"""Roles and leaving: only in administration, never without an administrator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from corale.accounts.actions.roles import change_role
from corale.accounts.errors import LastAdministrator
from corale.accounts.models import Role, User
from corale.accounts.signals import user_left, user_returned
from corale.ledger.audit import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(browser: Callable[..., Client], administrator: User) -> Client:
    """An administrator in the middle of administration."""
    return browser(administrator, admin_mode=True)


def test_an_administrator_changes_a_role(ada: Client, member: User) -> None:
    ada.post(f"/account/colleagues/{member.pk}/role/", {"role": "coordinator"})

    assert User.objects.get(pk=member.pk).role == Role.COORDINATOR
    assert AuditEntry.objects.get(verb="role.changed").detail == {"before": "member", "after": "coordinator"}


def test_a_role_nobody_knows_is_not_given(ada: Client, member: User) -> None:
    ada.post(f"/account/colleagues/{member.pk}/role/", {"role": "king"})

    assert User.objects.get(pk=member.pk).role == Role.MEMBER


def test_the_last_administrator_stays_one(ada: Client, administrator: User) -> None:
    ada.post(f"/account/colleagues/{administrator.pk}/role/", {"role": "member"})
    ada.post(f"/account/colleagues/{administrator.pk}/departure/")

    administrator.refresh_from_db()
    assert administrator.role == Role.ADMINISTRATOR and administrator.is_active


def test_an_administrator_who_cannot_come_in_does_not_count(
    ada: Client, administrator: User, colleague: Callable[..., User]
) -> None:
    colleague("gone@molino.example", Role.ADMINISTRATOR)
    User.objects.filter(email="gone@molino.example").update(is_active=False)

    ada.post(f"/account/colleagues/{administrator.pk}/departure/")

    administrator.refresh_from_db()
    assert administrator.is_active


def test_an_administrator_of_the_demo_company_does_not_count(ada: Client, administrator: User) -> None:
    User.objects.create_user("anna@molino.test", None, role=Role.ADMINISTRATOR)

    ada.post(f"/account/colleagues/{administrator.pk}/role/", {"role": "member"})

    administrator.refresh_from_db()
    assert administrator.role == Role.ADMINISTRATOR


def test_one_of_two_administrators_may_go(ada: Client, colleague: Callable[..., User]) -> None:
    other = colleague("bea@molino.example", Role.ADMINISTRATOR)

    ada.post(f"/account/colleagues/{other.pk}/departure/")

    assert not User.objects.get(pk=other.pk).is_active


def test_who_leaves_is_signed_out_everywhere(ada: Client, browser: Callable[..., Client], member: User) -> None:
    at_home, at_work = browser(member), browser(member)
    assert at_home.get("/account/").status_code == 200

    ada.post(f"/account/colleagues/{member.pk}/departure/")

    assert at_home.get("/account/").status_code == 302 and at_work.get("/account/").status_code == 302
    assert not at_home.session.get("_auth_user_id")
    assert browser(member).get("/account/").status_code == 302


def test_who_left_may_return(ada: Client, browser: Callable[..., Client], member: User) -> None:
    ada.post(f"/account/colleagues/{member.pk}/departure/")
    ada.post(f"/account/colleagues/{member.pk}/return/")

    assert browser(member).get("/account/").status_code == 200


def test_leaving_twice_is_leaving_once(ada: Client, member: User) -> None:
    heard: list[Any] = []

    def hear(sender: Any, **said: Any) -> None:
        heard.append(said["user"])

    user_left.connect(hear)
    user_returned.connect(hear)
    ada.post(f"/account/colleagues/{member.pk}/departure/")
    ada.post(f"/account/colleagues/{member.pk}/departure/")
    ada.post(f"/account/colleagues/{member.pk}/return/")
    ada.post(f"/account/colleagues/{member.pk}/return/")

    assert heard == [member, member]
    assert AuditEntry.objects.filter(target=f"user:{member.pk}", verb__startswith="colleague.").count() == 2


@pytest.mark.parametrize("verb", ["role", "departure", "return"])
def test_without_administration_nothing_changes(
    browser: Callable[..., Client], administrator: User, member: User, verb: str
) -> None:
    answer = browser(administrator).post(f"/account/colleagues/{member.pk}/{verb}/", {"role": "coordinator"})

    assert answer["Location"].startswith("/account/admin-mode/")
    assert (User.objects.get(pk=member.pk).role, User.objects.get(pk=member.pk).is_active) == (Role.MEMBER, True)


@pytest.mark.parametrize("verb", ["role", "departure", "return"])
def test_a_coordinator_finds_no_such_place(
    browser: Callable[..., Client], coordinator: User, member: User, verb: str
) -> None:
    answer = browser(coordinator).post(f"/account/colleagues/{member.pk}/{verb}/", {"role": "coordinator"})

    assert answer.status_code == 404


def test_dismissing_the_last_is_refused_to_every_caller(administrator: User, rf: Any) -> None:
    request = rf.post("/")
    request.user = administrator

    with pytest.raises(LastAdministrator):
        change_role(administrator, Role.MEMBER, by=request)


def test_many_colleagues_are_listed_with_few_questions(
    ada: Client, colleague: Callable[..., User], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        colleague(f"c{number}@molino.example")

    with django_assert_max_num_queries(18):
        assert ada.get("/account/colleagues/").content.count(b"c1") >= 11
