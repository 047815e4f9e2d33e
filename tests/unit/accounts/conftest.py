"""Colleagues with and without the keys, and browsers for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from corale.accounts.models import Role, User
from corale.accounts.signals import user_joined

PASSWORD = "quattro parole senza senso"


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """Rate limits begin at nothing."""
    cache.clear()


@pytest.fixture
def colleague(db: None) -> Callable[..., User]:
    """Makes a user with a password, as joining does."""

    def make(email: str, role: str = Role.MEMBER, *, name: str = "") -> User:
        user = User.objects.create_user(email, PASSWORD, role=role)
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
        user_joined.send(User, user=user, name=name or email.partition("@")[0].title(), language="en")
        return user

    return make


@pytest.fixture
def administrator(colleague: Callable[..., User]) -> User:
    return colleague("ada@molino.example", Role.ADMINISTRATOR)


@pytest.fixture
def coordinator(colleague: Callable[..., User]) -> User:
    return colleague("carlo@molino.example", Role.COORDINATOR)


@pytest.fixture
def member(colleague: Callable[..., User]) -> User:
    return colleague("marta@molino.example")


@pytest.fixture
def browser() -> Callable[..., Client]:
    """A browser, signed in as somebody; with `admin_mode`, in the middle of administration."""

    def make(user: User | None = None, *, admin_mode: bool = False) -> Client:
        client = Client()
        if user is not None:
            sign_in(client, user)
        if admin_mode:
            answer: Any = client.post("/account/admin-mode/", {"next": "/about/"})
            client.post(answer["Location"], {"password": PASSWORD})
        return client

    return make


def sign_in(client: Client, user: User) -> Any:
    return client.post("/account/login/", {"login": user.email, "password": PASSWORD})
