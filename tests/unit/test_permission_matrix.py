"""Every page is tried by every kind of person."""

from __future__ import annotations

import time
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from corale.accounts.policies import ADMIN_MODE
from corale.demo.world import World
from corale.demo.world import world as made
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
    with transaction.atomic():
        world = made()
        address = path_of(name, world)
        answers = tuple(answer(method, address, name, kind, world) for kind in KINDS)
        assert answer(method, address, name, "departed", world) == answers[0], "somebody who has left is a stranger"
        transaction.set_rollback(True)
    return Row(method, name, answers)


def path_of(name: str, world: World) -> str:
    """The address, with what it needs."""
    try:
        return reverse(name)
    except NoReverseMatch:
        fitting = [key for key in ARGUMENTS if fnmatchcase(name, key)]
        return reverse(name, kwargs=ARGUMENTS[max(fitting, key=len)](world) if fitting else None)


def answer(method: str, address: str, name: str, kind: str, world: World) -> str:
    with transaction.atomic():
        sent = getattr(visitor(world, kind), method.lower())(address, DATA.get(name, {}))
        transaction.set_rollback(True)
    return word(sent)


def visitor(world: World, kind: str) -> Client:
    """A browser in which somebody has signed in; Dario did so before he left."""
    client = Client(raise_request_exception=False)
    who = {
        "member": world.anna,
        "coordinator": world.elena,
        "administrator": world.franca,
        "with powers": world.franca,
        "departed": world.dario,
    }.get(kind)
    if who is not None:
        client.force_login(who.user)
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


@pytest.fixture(autouse=True)
def no_company(monkeypatch):
    """Who may load Molino is asked here; loading it takes seconds, and is tested where it is at home."""
    monkeypatch.setattr("corale.demo.molino.load", lambda *args, **more: None)


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
    assert {row.name for row in rows()} | set(PUBLIC.split()) | set(DATA) <= set(NAMES)
    assert not [key for key in ARGUMENTS if not any(fnmatchcase(name, key) for name in NAMES)]
