"""The contract, where it needs our actors: who speaks, under which address, and how the account is made."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from corale.adapters.activitypub import own
from corale.adapters.activitypub.models import Actor
from corale.channels.contract import Poll
from corale.channels.errors import Refused
from corale.channels.models import Connection, Delivery
from corale.channels.outgoing import outgoing_of, payload_of
from corale.channels.registry import adapter_for

ADAPTER = adapter_for("activitypub")


def test_whoever_has_a_profile_speaks_as_themselves_and_everybody_else_as_the_company(house, brand, anna, world):
    herself = ADAPTER.voice_for(house, world.anna.pk)

    assert (herself.stable_id, herself.handle, herself.name) == (anna.uri, "anna@molino.test", world.anna.name)
    assert ADAPTER.voice_for(house, world.bruno.pk).stable_id == brand.uri
    assert ADAPTER.voice_for(house, None).stable_id == brand.uri


def test_whoever_pauses_lets_the_company_speak(house, brand, anna, world):
    Actor.objects.filter(pk=anna.pk).update(state=Actor.State.PAUSED)

    assert ADAPTER.voice_for(house, world.anna.pk).stable_id == brand.uri


def test_what_will_be_said_stands_under_the_name_of_who_speaks(house, brand, anna):
    assert ADAPTER.choose_id(house, "reply", voice=anna.uri).startswith(f"{anna.uri}/posts/")
    assert ADAPTER.choose_id(house, "post").startswith(f"{brand.uri}/posts/")
    assert ADAPTER.choose_id(house, "like", voice=anna.uri).startswith(f"{anna.uri}/activities/")


def test_the_account_is_made_on_the_page_of_the_channels(client, world, settings):
    settings.CORALE_URL = "https://molino.test"
    client.force_login(world.elena.user)
    where = reverse("channels:new", args=["activitypub"])
    answers = {"name": "Molino", "display_name": "Molino del Borgo", "language": "it"}

    first = client.get(where)
    refused = client.post(f"{where}?agreed=1", {**answers, "name": "mo lino"})
    made = client.post(f"{where}?agreed=1", answers)
    again = client.post(f"{where}?agreed=1", {**answers, "name": "other"})

    connection = Connection.objects.get(kind="activitypub")
    assert "made here" in first.content.decode()
    assert (refused.status_code, made.status_code, again.status_code) == (422, 302, 302)
    assert (connection.stable_id, connection.handle) == (own.brand().uri, "molino@molino.test")
    assert own.brand().display_name == "Molino del Borgo"
    assert Actor.objects.filter(kind=Actor.Kind.INSTANCE).count() == 1


@pytest.mark.django_db
def test_without_an_address_that_others_reach_nothing_is_made(settings):
    settings.CORALE_URL, settings.CORALE_ALLOW_LOOPBACK = "http://localhost:8000", False

    with pytest.raises(Refused) as refused:
        ADAPTER.introduce({"name": "molino"})

    assert "CORALE_URL" in refused.value.advice
    assert not Actor.objects.exists()


def test_nothing_has_to_be_asked_for(house):
    assert (ADAPTER.streams(house), ADAPTER.recheck(house, ["x"])) == ((), ())
    assert ADAPTER.receive(house, "any", "7").cursor == "7"


def test_a_poll_waits_in_a_delivery_as_it_was_written():
    poll = Poll(("Moka", "Espresso"), datetime(2026, 10, 3, 9, 30, tzinfo=UTC), several=True)

    assert outgoing_of(Delivery(kind="post", outside_id="x", payload=payload_of(poll=poll))).poll == poll
    assert outgoing_of(Delivery(kind="post", outside_id="x", payload=payload_of())).poll is None
