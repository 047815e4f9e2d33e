"""An administrator turns the fediverse on, in three steps, and looks after the company's place there."""

from __future__ import annotations

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corale.accounts.models import Company
from corale.accounts.policies import ADMIN_MODE
from corale.adapters.activitypub import own
from corale.adapters.activitypub.models import Activity, Actor, Follower
from corale.adapters.activitypub.views.turning_on import provisional
from corale.channels.models import Connection
from corale.ledger.audit import AuditEntry
from tests.unit.adapters.activitypub.drawing import drawn

BEGIN = "/channels/fediverse/new/"
SAID = {"name": "molino", "display_name": "Molino", "summary": "We bake."}


@pytest.fixture
def franca(client, world, settings):
    """She looks after the house, and is in the middle of it."""
    settings.CORALE_URL = "https://molino.test"
    Company.objects.create(name="Molino", language="it")
    client.force_login(world.franca.user)
    session = client.session
    session[ADMIN_MODE] = time.time() + 600
    session.save()
    return client


def test_she_is_told_what_happens_before_anything_does(franca):
    assert BEGIN in franca.get("/channels/").content.decode()
    page = franca.get(BEGIN).content.decode()

    assert "It reads" in page
    assert "It writes" in page
    assert "molino.test" in page
    assert not Actor.objects.exists()


def test_then_the_company_is_there_and_waits_for_the_first_message(franca, world):
    picture = SimpleUploadedFile("loaf.png", drawn(), "image/png")
    answer = franca.post(f"{BEGIN}?agreed=1", SAID | {"picture": picture})
    connection, brand = Connection.objects.get(kind="activitypub"), own.brand()

    assert answer["Location"] == f"/channels/{connection.pk}/first/"
    assert (brand.handle, brand.display_name, brand.summary) == ("@molino@molino.test", "Molino", "We bake.")
    assert brand.picture.mime == "image/png"
    assert (connection.handle, connection.language) == ("molino@molino.test", "it")
    assert AuditEntry.objects.get(verb="channel.connected").detail == {"handle": "molino@molino.test"}
    assert "@molino@molino.test" in franca.get(answer["Location"]).content.decode()
    assert franca.get(BEGIN)["Location"] == "/channels/fediverse/"


def test_the_three_steps_stay_the_same_to_the_end(franca):
    place = franca.post(f"{BEGIN}?agreed=1", SAID)["Location"]

    assert "Who the company is there" in franca.get(place).content.decode()


@pytest.mark.parametrize("name", ["", "Our Company", "instance", "x" * 31, "-a"])
def test_a_name_that_others_do_not_take_is_not_taken(franca, name):
    answer = franca.post(f"{BEGIN}?agreed=1", SAID | {"name": name})

    assert answer.status_code == 422
    assert not Connection.objects.filter(kind="activitypub").exists()


@pytest.mark.parametrize(
    ("url", "why"),
    [("https://molino.test", ""), ("http://molino.test", "http"), ("http://localhost:8000", "here"),
     ("https://192.0.2.1", "here"), ("https://[2001:db8::1]", "here"), ("https://corale.local", "here"),
     ("https://corale", "here")],
)  # fmt: skip
def test_an_address_that_will_not_last_is_noticed(settings, url, why):
    settings.CORALE_URL = url

    assert provisional() == why


def test_and_asks_for_a_second_thought(franca, settings):
    settings.CORALE_URL = "http://localhost:8000"

    assert "can never change afterwards" in franca.get(BEGIN).content.decode()
    assert franca.post(f"{BEGIN}?agreed=1", SAID).status_code == 422
    assert franca.post(f"{BEGIN}?agreed=1", SAID | {"understood": "on"}).status_code == 302


def test_after_it_was_removed_the_same_company_comes_back(franca):
    franca.post(f"{BEGIN}?agreed=1", SAID)
    brand = own.brand()
    Connection.objects.update(state="removed")
    franca.post(f"{BEGIN}?agreed=1", {"name": "other"})

    assert own.connection().state == "active"
    assert own.brand() == brand
    assert Actor.objects.filter(kind="brand").count() == 1


def test_the_company_changes_how_it_is_shown_and_followers_are_told(franca, carla):
    franca.post(f"{BEGIN}?agreed=1", SAID)
    brand = own.brand()
    Follower.objects.create(actor=brand, remote=carla, uri="x", state="accepted")
    franca.post("/channels/fediverse/", {
        "display_name": "Molino Lecce", "summary": "We grind.", "label_1": "Shop", "address_1": "https://shop.test/",
    })  # fmt: skip
    changed = own.brand()

    assert (changed.display_name, changed.summary) == ("Molino Lecce", "We grind.")
    assert changed.links == [["Shop", "https://shop.test/"]]
    assert changed.public_key == brand.public_key
    assert '"type":"Update"' in Activity.objects.get(kind="Update").body
    assert "We grind." in Activity.objects.get(kind="Update").body
    assert AuditEntry.objects.filter(verb="fediverse.company_changed").exists()


def test_only_administrators_look_after_the_company(client, brand, world):
    for who in (world.anna, world.elena):
        client.force_login(who.user)
        for page in (BEGIN, "/channels/fediverse/", "/channels/fediverse/people/"):
            assert client.get(page).status_code == 404
    assert BEGIN not in client.get("/channels/").content.decode()


def test_she_says_whom_to_ask_instead_of_somebody_who_has_left(franca, world, settings):
    franca.post(f"{BEGIN}?agreed=1", SAID)
    anna = own.make_actor("person", "anna", world.anna, state=Actor.State.LEFT)
    bruno = own.make_actor("person", "bruno", world.bruno)
    page = franca.get("/channels/fediverse/people/").content.decode()
    franca.post("/channels/fediverse/people/", {"actor": anna.pk, f"{anna.pk}-successor": bruno.pk})

    assert "@anna@molino.test" in page
    anna.refresh_from_db()
    assert anna.successor == bruno
    assert AuditEntry.objects.get(verb="fediverse.successor_named").detail["instead"] == "@bruno@molino.test"


def test_the_list_of_voices_costs_the_same_however_long_it_is(franca, world, django_assert_max_num_queries):
    franca.post(f"{BEGIN}?agreed=1", SAID)
    for n in range(12):
        own.make_actor("person", f"p{n}", display_name=f"P {n}")
    franca.get("/channels/fediverse/people/")

    with django_assert_max_num_queries(14):
        franca.get("/channels/fediverse/people/")
