"""The first minute: a link from the console lets the first person in, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from corale.accounts import first
from corale.accounts.models import Company, OneTimeLink, Role, User
from corale.accounts.signals import demo_wanted, user_introduced, user_joined
from corale.ledger.audit import AuditEntry

pytestmark = pytest.mark.django_db

HERE = "http://testserver"
WHO = {
    "name": "Giulia Ferri",
    "email": "Giulia@Molino.example",
    "password": "quattro parole senza senso",
    "company": "Molino",
    "language": "it",
}


def test_the_link_lets_the_first_person_in_at_once(client: Client) -> None:
    answer = client.get(first.sign_in_link(HERE))

    user = User.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.role == Role.ADMINISTRATOR and user.is_provisional and not user.has_usable_password()
    assert AuditEntry.objects.filter(verb="house.opened", user_id=user.pk).exists()


def test_the_rooms_above_hear_who_joined(client: Client) -> None:
    heard = listening_to(user_joined)

    client.get(first.sign_in_link(HERE))

    assert heard[0]["user"] == User.objects.get() and heard[0]["name"] and heard[0]["language"] == "en"


def test_the_link_works_once(client: Client) -> None:
    link = first.sign_in_link(HERE)
    client.get(link)

    stranger = Client()

    assert stranger.get(link).status_code == 410
    assert "_auth_user_id" not in stranger.session


def test_the_link_works_for_a_day(client: Client) -> None:
    link = first.sign_in_link(HERE)
    OneTimeLink.objects.update(expires_at=timezone.now())

    assert client.get(link).status_code == 410
    assert not User.objects.exists()


def test_the_link_expires_after_a_day() -> None:
    first.sign_in_link(HERE)

    life = OneTimeLink.objects.get().expires_at - timezone.now()
    assert timedelta(hours=23) < life <= timedelta(hours=24)


def test_a_new_link_takes_the_place_of_the_one_before(client: Client) -> None:
    before, after = first.sign_in_link(HERE), first.sign_in_link(HERE)

    assert client.get(before).status_code == 410
    assert client.get(after).status_code == 302


def test_only_a_digest_of_the_link_is_kept() -> None:
    token = first.sign_in_link(HERE).rstrip("/").rpartition("/")[2]

    assert token not in OneTimeLink.objects.get().digest


def test_a_made_up_link_opens_nothing(client: Client) -> None:
    first.sign_in_link(HERE)

    assert client.get("/account/welcome/abc/").status_code == 410


def test_a_browser_that_fetches_ahead_does_not_use_the_link_up(client: Client) -> None:
    link = first.sign_in_link(HERE)

    assert client.get(link, headers={"Sec-Purpose": "prefetch"}).status_code == 204
    assert client.head(link).status_code == 405
    assert client.get(link).status_code == 302


def test_two_who_open_it_at_once_are_not_both_let_in() -> None:
    token = OneTimeLink.make(None)

    assert OneTimeLink.objects.spend(token) is not None
    assert OneTimeLink.objects.spend(token) is None


def test_a_link_for_an_empty_house_opens_nothing_when_somebody_is_there(client: Client, administrator: User) -> None:
    token = OneTimeLink.make(None)

    assert client.get(f"/account/welcome/{token}/").status_code == 410
    assert User.objects.get() == administrator


def test_who_closed_the_browser_gets_a_new_link_to_the_same_account(client: Client) -> None:
    client.get(first.sign_in_link(HERE))

    other = Client()
    other.get(first.sign_in_link(HERE))

    assert other.session["_auth_user_id"] == str(User.objects.get().pk)


def test_an_inhabited_house_prints_its_address_only(administrator: User) -> None:
    assert first.sign_in_link(HERE) == "http://testserver/"


def test_the_account_is_finished_with_an_address_and_a_password(client: Client) -> None:
    client.get(first.sign_in_link(HERE))
    heard = listening_to(user_introduced)

    answer = client.post("/account/finish/", WHO)

    user = User.objects.get()
    assert answer.status_code == 302 and client.session["_auth_user_id"] == str(user.pk)
    assert user.email == "giulia@molino.example" and user.check_password(WHO["password"]) and not user.is_provisional
    assert (user.name, user.language) == ("Giulia Ferri", "it")
    assert Company.current().name == "Molino"
    assert (heard[0]["name"], heard[0]["language"]) == ("Giulia Ferri", "it")
    assert client.cookies["django_language"].value == "it"


def test_who_has_finished_can_come_back_with_the_password(client: Client) -> None:
    client.get(first.sign_in_link(HERE))
    client.post("/account/finish/", WHO)

    other = Client()
    other.post("/account/login/", {"login": "GIULIA@molino.example", "password": WHO["password"]})

    assert other.session["_auth_user_id"] == str(User.objects.get().pk)


def test_an_account_is_finished_once(client: Client) -> None:
    client.get(first.sign_in_link(HERE))
    client.post("/account/finish/", WHO)

    assert client.get("/account/finish/").status_code == 404


def test_a_finished_account_has_nothing_to_finish(browser: Callable[..., Client], administrator: User) -> None:
    assert browser(administrator).get("/account/finish/").status_code == 404


@pytest.mark.parametrize("password", ["short", "password1234", "giulia@molino.example", "1234567890123"])
def test_a_weak_password_is_refused_with_the_reason(client: Client, password: str) -> None:
    client.get(first.sign_in_link(HERE))

    answer = client.post("/account/finish/", {**WHO, "password": password})

    assert answer.status_code == 422 and answer.context["form"].errors["password"]
    assert User.objects.get().is_provisional


def test_a_banner_asks_to_finish_until_it_is_done(client: Client) -> None:
    client.get(first.sign_in_link(HERE))
    before = client.get("/about/").content.decode()
    client.post("/account/finish/", {**WHO, "language": "en"})

    assert "/account/finish/" in before
    assert "/account/finish/" not in client.get("/about/").content.decode()


def test_without_the_demo_the_link_leads_to_a_form(client: Client) -> None:
    link = first.sign_in_link(HERE, at_once=False)

    assert client.get(link).status_code == 200 and not User.objects.exists()
    assert client.post(link, WHO).status_code == 302
    assert User.objects.get().email == "giulia@molino.example" and not User.objects.get().is_provisional
    assert Client().get(link).status_code == 410


def test_a_form_with_a_mistake_does_not_use_the_link_up(client: Client) -> None:
    link = first.sign_in_link(HERE, at_once=False)

    assert client.post(link, {**WHO, "password": "short"}).status_code == 422
    assert client.post(link, WHO).status_code == 302


def test_the_demo_comes_when_it_is_wanted(client: Client) -> None:
    heard = listening_to(demo_wanted)

    client.post(first.sign_in_link(HERE, at_once=False), {**WHO, "demo": "on"})

    assert heard[0]["language"] == "it"


def test_whoever_holds_the_console_lets_a_colleague_in(client: Client, member: User) -> None:
    client.get(first.link_for("MARTA@molino.example", HERE))

    assert client.session["_auth_user_id"] == str(member.pk)
    assert list(AuditEntry.objects.order_by("id").values_list("verb", flat=True)) == [
        "sign_in_link.made",
        "signed_in.by_link",
    ]


def test_nobody_is_let_in_who_may_not_come_in(member: User) -> None:
    User.objects.update(is_active=False)

    with pytest.raises(User.DoesNotExist):
        first.link_for(member.email)


def test_a_link_made_before_somebody_left_opens_nothing(client: Client, member: User) -> None:
    link = first.link_for(member.email, HERE)
    User.objects.update(is_active=False)

    assert client.get(link).status_code == 410
    assert "_auth_user_id" not in client.session


def test_links_cannot_be_guessed_at_for_long(client: Client) -> None:
    answers = [client.get(f"/account/welcome/{n}/").status_code for n in range(21)]

    assert answers[:20] == [410] * 20
    assert answers[20] == 429


def listening_to(signal: Any) -> list[dict[str, Any]]:
    """What is said from now on; kept alive by being attached to the list."""
    heard: list[dict[str, Any]] = []

    def hear(sender: Any, **said: Any) -> None:
        heard.append(said)

    signal.connect(hear, weak=False)
    _ears.append((signal, hear))
    return heard


_ears: list[tuple[Any, Any]] = []


@pytest.fixture(autouse=True)
def ears_are_closed() -> Any:
    yield
    while _ears:
        signal, hear = _ears.pop()
        signal.disconnect(hear)


def test_people_of_the_demo_have_no_way_in_and_do_not_count_as_somebody_at_home(db: None):
    User.objects.create_user("anna@molino.test", None)

    assert "/welcome/" in first.sign_in_link("http://localhost")
