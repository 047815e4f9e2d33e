"""The front door: to the desk, to the sign-in page, or to where the key is."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client

from corale import __version__
from corale.accounts.models import User

pytestmark = pytest.mark.django_db


def test_an_empty_house_says_where_the_key_is(client: Client) -> None:
    answer = client.get("/")

    assert answer.status_code == 200 and b"corale up" in answer.content


def test_a_guest_is_asked_who_they_are(client: Client) -> None:
    User.objects.create_user("marta@molino.example", "quattro parole senza senso")

    assert client.get("/")["Location"] == "/account/login/"


def test_a_colleague_comes_to_the_desk(client: Client) -> None:
    client.force_login(User.objects.create_user("marta@molino.example"))

    assert client.get("/")["Location"].startswith("/desk/")


def test_it_is_well(client: Client) -> None:
    assert client.get("/health/").json() == {"status": "ok"}


def test_it_is_not_well_without_its_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", gone)

    assert client.get("/health/").status_code == 503


def test_everybody_may_know_what_it_is(client: Client) -> None:
    assert __version__.encode() in client.get("/about/").content
