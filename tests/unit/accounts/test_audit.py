"""The audit grows, and nobody changes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from corale.accounts.models import User
from corale.ledger.audit import AuditEntry, audit

pytestmark = pytest.mark.django_db


def test_an_act_is_kept_with_the_name_of_the_day(administrator: User) -> None:
    audit(administrator, "channel.connected", "connection:3", handle="molino.example")
    User.objects.filter(pk=administrator.pk).delete()

    entry = AuditEntry.objects.get()
    assert (entry.user_id, entry.name) == (administrator.pk, "Ada <ada@molino.example>")
    assert (entry.verb, entry.target, entry.detail) == (
        "channel.connected",
        "connection:3",
        {"handle": "molino.example"},
    )


def test_the_database_refuses_to_change_an_entry(administrator: User) -> None:
    audit(administrator, "channel.connected")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.update(name="somebody else")
    assert AuditEntry.objects.get().name != "somebody else"


def test_the_database_refuses_to_forget_an_entry(administrator: User) -> None:
    audit(administrator, "channel.connected")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEntry.objects.all().delete()
    assert AuditEntry.objects.count() == 1


def test_it_is_read_a_page_at_a_time_to_the_end(
    browser: Callable[..., Client],
    administrator: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(120):
        audit(administrator, "thing.done", f"thing:{number}")
    ada = browser(administrator)

    seen: list[str] = []
    query = ""
    for _ in range(3):
        with django_assert_max_num_queries(16):
            answer = ada.get(f"/account/audit/?verb=thing&{query}")
        seen += [entry.target for entry in answer.context["entries"]]
        query = answer.context["older"]

    assert seen == [f"thing:{number}" for number in reversed(range(120))]
    assert query == ""


def test_it_is_filtered_by_who_what_and_when(browser: Callable[..., Client], administrator: User, member: User) -> None:
    audit(administrator, "thing.done")
    audit(member, "other.done")
    ada = browser(administrator)

    def found(query: str) -> set[str]:
        return {entry.verb for entry in ada.get(f"/account/audit/?{query}").context["entries"]}

    assert found("verb=other") == {"other.done"}
    assert found(f"user={member.pk}") == {"other.done"}
    assert found("to=2001-01-01") == set()
    assert found("from=2001-01-01") == {"thing.done", "other.done"}


@pytest.mark.parametrize(
    "query", ["from=yesterday", "to=2026-13-45", "before=x", "user=-1", "verb=%00", "user=²", f"user={10**30}"]
)
def test_a_question_it_does_not_understand_does_no_harm(
    browser: Callable[..., Client], administrator: User, query: str
) -> None:
    assert browser(administrator).get(f"/account/audit/?{query}").status_code == 200
