"""People: their page, a colleague's own profile, and forgetting somebody."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from corale.accounts.models import User
from corale.accounts.policies import ADMIN_MODE
from corale.accounts.signals import user_introduced, user_joined, user_left, user_returned
from corale.channels.models import Envelope
from corale.conversations.models import Message, MessageVersion
from corale.ledger.audit import AuditEntry
from corale.ledger.models import Fact
from corale.people.actions.erase import erase
from corale.people.errors import IsColleague
from corale.people.models import Affiliation, IdentityName, Person


def signed_in(person: Any, *, powers: bool = False) -> Client:
    client = Client()
    client.force_login(person.user)
    if powers:
        session = client.session
        session[ADMIN_MODE] = time.time() + 600
        session.save()
    return client


def facts(kind: str) -> int:
    return Fact.objects.filter(kind=kind).count()


@pytest.mark.django_db
def test_who_can_sign_in_is_an_employee_once() -> None:
    user = User.objects.create_user("nina@example.test")
    for _ in range(2):
        user_joined.send(User, user=user, name="Nina Rossi", language="it")

    person = Person.objects.get(user=user)
    assert (person.name, person.language) == ("Nina Rossi", "it")
    assert list(person.affiliations.values_list("kind", "until")) == [(Affiliation.Kind.EMPLOYEE, None)]
    assert facts("employee.joined") == 1


@pytest.mark.django_db
def test_the_first_person_says_what_they_are_called() -> None:
    user = User.objects.create_user("nina@example.test")
    user_joined.send(User, user=user, name="First person", language="en")
    user_introduced.send(User, user=user, name="Nina Rossi", language="it")

    assert Person.objects.values_list("name", "language").get(user=user) == ("Nina Rossi", "it")


def test_who_leaves_and_returns_has_two_times_here(world: Any) -> None:
    user_left.send(User, user=world.bruno.user, by=world.franca.user)
    user_returned.send(User, user=world.bruno.user, by=world.franca.user)

    times = world.bruno.affiliations.order_by("pk")
    assert [each.until is None for each in times] == [False, True]
    assert facts("employee.left") == 1


def test_the_list_finds_by_name_and_by_handle(world: Any) -> None:
    client = signed_in(world.anna)

    for words in ("carl", "@carla.test"):
        found = client.get(reverse("people:people"), {"q": words}).content.decode()
        assert reverse("people:person", args=[world.carla.pk]) in found
        assert "Bruno" not in found


def test_colleagues_say_what_to_ask_them_about(world: Any) -> None:
    Person.objects.filter(pk=world.bruno.pk).update(ask_me_about="guarnizioni")
    found = signed_in(world.anna).get(reverse("people:people"), {"who": "colleagues"}).content.decode()

    assert "guarnizioni" in found
    assert reverse("people:person", args=[world.carla.pk]) not in found


def test_the_list_costs_the_same_however_long(world: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(60):
        world.says(f"persona{number:02}", "Ciao")
    client = signed_in(world.anna)
    with django_assert_max_num_queries(16):
        first = client.get(reverse("people:people")).content.decode()
    after = first.partition("?after=")[2].partition('"')[0]
    rest = client.get(f"{reverse('people:people')}?after={after}").content.decode()

    shown = first.count("row--plain") + rest.count("row--plain")
    assert (first.count("row--plain"), shown) == (50, Person.objects.count())


def test_a_changed_handle_keeps_its_history(world: Any) -> None:
    world.arrives({"type": "known", "who": {"id": "demo:carla", "handle": "carla-nuova.test", "name": "Carla M."}})
    shown = signed_in(world.anna).get(reverse("people:person", args=[world.carla.pk])).content.decode()

    assert "carla-nuova.test" in shown
    assert "carla.test" in shown


def test_what_we_know_of_somebody_is_written_down(world: Any) -> None:
    client, address = signed_in(world.anna), reverse("people:person", args=[world.carla.pk])
    for kind in ("customer", "supplier"):
        client.post(address, {"name": "Carla Moretti", "language": "it", "about": "Ama i gatti", "kind": kind})

    carla = world.carla
    assert (carla.name, carla.about) == ("Carla Moretti", "Ama i gatti")
    ended = [(each.kind, each.until is None) for each in carla.affiliations.order_by("pk")]
    assert ended == [("customer", False), ("supplier", True)]


def test_nobody_rewrites_a_colleague(world: Any) -> None:
    signed_in(world.anna).post(reverse("people:person", args=[world.bruno.pk]), {"name": "Brunello"})

    assert Person.objects.get(pk=world.bruno.pk).name == "Bruno Galli"


def test_pages_speak_the_persons_language(world: Any) -> None:
    Person.objects.filter(pk=world.anna.pk).update(language="it")
    answer = signed_in(world.anna).get(reverse("people:people"), headers={"Accept-Language": "en"})

    assert '<html lang="it"' in answer.content.decode()


def test_switching_the_language_is_for_good(world: Any) -> None:
    client = signed_in(world.anna)
    client.post(reverse("design:language"), {"language": "it"})

    assert Person.objects.get(pk=world.anna.pk).language == "it"
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "it"


def test_a_profile_is_ones_own(world: Any) -> None:
    client = signed_in(world.anna)
    answer = client.post(
        reverse("people:profile"),
        {"name": "Anna F.", "title": "Lettere", "ask_me_about": "pacchi", "language": "it",
         "time_zone": "Europe/Lisbon", "theme": "dark"},
    )  # fmt: skip

    anna = Person.objects.get(pk=world.anna.pk)
    assert (anna.name, anna.ask_me_about, anna.time_zone, anna.language) == ("Anna F.", "pacchi", "Europe/Lisbon", "it")
    assert (answer.cookies["corale_theme"].value, answer.cookies["corale_keys"].value) == ("dark", "off")


@pytest.mark.parametrize("wrong", [{"name": " "}, {"time_zone": "Mars/Olympus"}, {"language": "xx"}])
def test_a_profile_that_makes_no_sense_is_not_saved(world: Any, wrong: dict[str, str]) -> None:
    words = {"name": "Anna", "language": "it", "time_zone": "Europe/Rome", "theme": "auto"}

    assert signed_in(world.anna).post(reverse("people:profile"), words | wrong).status_code == 422
    assert Person.objects.get(pk=world.anna.pk).name == "Anna Ferri"


def test_everything_kept_of_somebody_can_be_handed_out(world: Any) -> None:
    answer = signed_in(world.elena).get(reverse("people:export", args=[world.carla.pk]))

    kept = json.loads(answer.content)
    assert {each["text"] for each in kept["messages"]} >= {"Grazie del pane di ieri!"}
    assert kept["accounts"][0]["handle"] == "carla.test"
    assert AuditEntry.objects.get(verb="person.exported").target == f"person:{world.carla.pk}"


@pytest.fixture
def forgotten(world: Any) -> Person:
    """Carla, after she has edited something, liked something, and asked to be forgotten."""
    world.says("carla", "Il mio pacco!!", id=world.carlas_parcel.native_id, version="2")
    world.says("marta", "Anche il mio, Carla", to=world.carlas_parcel)
    world.arrives(
        {"type": "reacted", "id": "like:1", "kind": "like", "by": {"id": "demo:carla"},
         "target": world.carlas_parcel.native_id}
    )  # fmt: skip
    carla = world.carla
    erase(carla, by=world.franca)
    erase(carla, by=world.franca)
    return Person.objects.get(pk=carla.pk)


def test_words_names_and_handles_go_everywhere(world: Any, forgotten: Person) -> None:
    said = Message.objects.filter(identity__person=forgotten)
    assert said.count() == 3
    assert set(said.values_list("text", "native_id", "state")) == {("", "", Message.State.DELETED)}
    assert not MessageVersion.objects.exists()
    assert not IdentityName.objects.filter(identity__person=forgotten).exists()
    assert (forgotten.name, forgotten.identities.get().handle) == ("", "")
    assert not [each for each in Envelope.objects.all() if b"carla.test" in bytes(each.body)]
    assert not [each for each in Envelope.objects.all() if "pacco" in bytes(each.body).decode()]
    world.late_parcel.refresh_from_db()
    assert (world.late_parcel.subject, world.late_parcel.preview) == ("", "")


def test_what_others_said_stays(forgotten: Person) -> None:
    assert Message.objects.get(identity__name="Marta").text == "Anche il mio, Carla"


def test_the_facts_stay_and_one_says_that_somebody_was_forgotten(world: Any, forgotten: Person) -> None:
    assert Fact.objects.filter(person_id=forgotten.pk, kind="message.received").count() == 3
    assert facts("person.erased") == 1
    assert AuditEntry.objects.get(verb="person.erased").detail == {}


def test_the_same_arrival_does_not_bring_the_words_back(world: Any, forgotten: Person) -> None:
    from datetime import timedelta

    from django.utils import timezone

    thing = {
        "type": "said", "id": "demo:world:1", "version": "3", "text": "Il mio pacco è in ritardo", "to_us": True,
        "by": {"id": "demo:carla", "handle": "carla.test"},
    }  # fmt: skip
    world.arrives(thing, at=timezone.now() + timedelta(seconds=1))

    assert set(Message.objects.filter(identity__person=forgotten).values_list("text", flat=True)) == {""}


def test_what_they_write_later_comes_from_somebody_new(world: Any, forgotten: Person) -> None:
    assert world.says("carla", "Buongiorno!").identity.person != forgotten


def test_the_page_shows_what_would_go_and_asks_for_the_name(world: Any) -> None:
    client, address = signed_in(world.franca, powers=True), reverse("people:erasure", args=[world.carla.pk])
    carla = world.carla
    shown = client.get(address).content.decode()
    assert ">3</dt>" in shown

    client.post(address, {"word": "Dario"})
    assert Person.objects.get(pk=carla.pk).erased_at is None
    client.post(address, {"word": " carla "})
    assert Person.objects.get(pk=carla.pk).erased_at is not None


@pytest.mark.parametrize(("who", "status"), [("anna", 404), ("elena", 404), ("franca", 302)])
def test_only_an_administrator_with_powers_erases(world: Any, who: str, status: int) -> None:
    carla = world.carla
    answer = signed_in(getattr(world, who)).post(reverse("people:erasure", args=[carla.pk]), {"word": carla.name})

    assert answer.status_code == status
    assert Person.objects.get(pk=carla.pk).erased_at is None


def test_a_colleague_leaves_before_being_forgotten(world: Any) -> None:
    with pytest.raises(IsColleague):
        erase(world.bruno, by=world.franca)
    assert signed_in(world.elena).get(reverse("people:erasure", args=[world.bruno.pk])).status_code == 404


def test_what_the_index_knows_is_found_by_its_beginning(world: Any) -> None:
    from corale.search.index import index_all

    index_all()
    found = signed_in(world.anna).get(reverse("people:people"), {"q": "carl"}).content.decode()

    assert reverse("people:person", args=[world.carla.pk]) in found
    assert "Bruno" not in found
