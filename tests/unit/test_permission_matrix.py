"""Every page is tried by every kind of person."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from corale.accounts.models import Role, User
from corale.accounts.policies import ADMIN_MODE
from tests.unit.permission_matrix import ARGUMENTS, DATA, MATRIX, PUBLIC

KINDS = ("stranger", "member", "coordinator", "administrator", "with powers")


class Row(NamedTuple):
    """What one address answers to each kind of person."""

    method: str
    name: str
    answers: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.method:5} {self.name:42} {'  '.join(f'{each:5}' for each in self.answers)}".rstrip()


def rows() -> list[Row]:
    lines = [line.split() for line in MATRIX.splitlines() if line.strip() and not line.startswith("#")]
    return [Row(method, name, tuple(answers)) for method, name, *answers in lines]


def addresses(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """The name of every address; one without a name by its path."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from addresses(each, f"{space}{each.namespace}:" if each.namespace else space)
        elif isinstance(each, URLPattern):
            yield f"{space}{each.name or each.pattern}"


NAMES = sorted(set(addresses(get_resolver())))


def answered(method: str, name: str) -> Row:
    """What happens today. Nothing of it stays."""
    answers = tuple(answer(method, name, kind) for kind in KINDS)
    assert answer(method, name, "departed") == answers[0], "somebody who has left is a stranger"
    return Row(method, name, answers)


def answer(method: str, name: str, kind: str) -> str:
    with transaction.atomic():
        user = User.objects.create_user("somebody@molino.test", "their own long password", role=role_of(kind))
        client = visitor(user, kind)
        address = reverse(name, kwargs=ARGUMENTS[name](user) if name in ARGUMENTS else None)
        data = DATA[name](user) if name in DATA else {}
        User.objects.filter(pk=user.pk).update(is_active=kind != "departed")
        response = client.generic(method, address) if method not in {"GET", "POST"} else None
        response = response or getattr(client, method.lower())(address, data)
        transaction.set_rollback(True)
    return word(response)


def role_of(kind: str) -> Role:
    return {
        "coordinator": Role.COORDINATOR,
        "administrator": Role.ADMINISTRATOR,
        "with powers": Role.ADMINISTRATOR,
    }.get(kind, Role.MEMBER)


def visitor(user: User, kind: str) -> Client:
    client = Client(raise_request_exception=False)
    if kind != "stranger":
        client.force_login(user)
    if kind == "with powers":
        session = client.session
        session[ADMIN_MODE] = time.time() + 600
        session.save()
    return client


def word(response: HttpResponse) -> str:
    if response.status_code not in {301, 302, 303}:
        return str(response.status_code)
    to = response.headers["Location"].partition("?")[0]
    return {reverse("account_login"): "login", reverse("accounts:admin_mode"): "mode"}.get(to, "away")


@pytest.mark.django_db
@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method}-{row.name}")
def test_everybody_is_answered_as_the_matrix_says(row):
    assert str(answered(row.method, row.name)) == str(row)


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_every_address_has_a_row(name):
    assert name in {row.name for row in rows()}, f"no row yet; today it answers:\n{suggestion(name)}"


def suggestion(name: str) -> str:
    """The row that would describe what happens today."""
    try:
        row = answered("GET", name)
        return str(row if "405" not in row.answers else answered("POST", name))
    except NoReverseMatch as error:
        return f"(it needs ARGUMENTS: {error})"


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method}-{row.name}")
def test_a_stranger_is_answered_only_where_that_is_meant(row):
    assert len(row.answers) == len(KINDS)
    assert row.answers[0] == "login" or row.name in PUBLIC.split()


def test_no_row_speaks_of_an_address_that_is_gone():
    assert {row.name for row in rows()} | set(PUBLIC.split()) | set(ARGUMENTS) | set(DATA) <= set(NAMES)
