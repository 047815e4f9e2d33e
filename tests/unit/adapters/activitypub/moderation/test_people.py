"""Somebody is blocked, which they are told; or muted, of which nobody is told; or reported to their server."""

from __future__ import annotations

import json

import pytest

from corale.adapters.activitypub.models import Activity, Dispatch, Follower, Following, OurComplaint, Shunning
from corale.people.models import Identity
from tests.support.postroom import follows
from tests.unit.adapters.activitypub.inbox.delivering import create

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(carla, world):
    """Where what stands between us and Carla is decided."""
    Identity.objects.create(person=world.carla, platform="activitypub", stable_id=carla.uri, handle="carla@peer.test")
    return f"/people/{world.carla.pk}/fediverse/"


@pytest.fixture
def graziella(client, world):
    """A coordinator."""
    client.force_login(world.franca.user)
    return client


def said(kind: str) -> list[dict[str, object]]:
    return [json.loads(each.body) for each in Activity.objects.filter(kind=kind).order_by("pk")]


def test_whoever_is_blocked_is_told_and_follows_nobody(graziella, place, carla, brand, anna):
    follows(carla.remote, brand)
    Following.objects.create(actor=anna, remote=carla.remote, uri="https://molino.test/1", state="accepted")
    type(brand).objects.filter(pk=brand.pk).update(followers_count=1)
    type(anna).objects.filter(pk=anna.pk).update(following_count=1)
    graziella.post(f"{place}block/", {"reason": "Threats"})

    assert [(each["actor"], each["object"]) for each in said("Block")] == [
        (brand.uri, carla.uri), (anna.uri, carla.uri),
    ]  # fmt: skip
    assert not Follower.objects.standing().exists() and not Following.objects.standing().exists()
    assert {each.inbox for each in Dispatch.objects.all()} == {f"{carla.uri}/inbox"}
    page = graziella.get(f"{place}piece/").content.decode()
    assert "Blocked" in page and "Threats" in page


def test_and_is_told_when_it_is_over(graziella, place, carla, brand):
    for verb in ("block", "block", "unblock", "unblock"):
        graziella.post(f"{place}{verb}/")
    [blocked], [undone] = said("Block"), said("Undo")

    assert undone["object"]["id"] == blocked["id"] and undone["actor"] == brand.uri
    carla.remote.refresh_from_db()
    assert not carla.remote.is_blocked and Shunning.objects.get().ended_at


def test_what_a_blocked_person_sends_does_not_come_in(there, graziella, world, deliver, brand):
    from corale.adapters.activitypub.models import RemoteActor

    eve = there.person("eve")
    assert deliver(create(eve)).status_code == 202
    Identity.objects.get_or_create(platform="activitypub", stable_id=eve, defaults={"person": world.carla})
    person = Identity.objects.get(stable_id=eve).person_id
    graziella.post(f"/people/{person}/fediverse/block/")

    assert RemoteActor.objects.get(uri=eve).is_blocked
    assert deliver(create(eve, 2)).json() == {"error": "blocked_actor"}


def test_of_a_mute_nobody_is_told(graziella, place, carla):
    graziella.post(f"{place}mute/")
    carla.remote.refresh_from_db()

    assert carla.remote.is_muted and not Activity.objects.exists()
    graziella.post(f"{place}unmute/")
    carla.remote.refresh_from_db()
    assert not carla.remote.is_muted


def test_a_member_may_mute_but_not_block(client, world, place, carla):
    client.force_login(world.anna.user)

    assert client.post(f"{place}mute/").status_code == 302
    assert client.post(f"{place}block/").status_code == 404
    assert client.get(f"{place}report/").status_code == 404


def test_one_accuses_in_the_name_of_the_house_with_the_messages_one_chose(graziella, place, carla, house, brand, world):
    from corale.conversations.actions.receive import understand

    mention = {"tag": [{"type": "Mention", "href": brand.uri}], "cc": [brand.uri]}
    rude, kind = carla.note("Nasty words", **mention), carla.note("Fine words", **mention)
    carla.does("Create", rude)
    carla.does("Create", kind)
    understand(house)
    form = graziella.get(f"{place}report/?said={rude['id']}").content.decode()
    assert "Nasty words" in form and "Fine words" in form

    answer = graziella.post(f"{place}report/", {"words": "It insults people.", "said": [rude["id"]]})
    [flag] = said("Flag")
    assert flag["actor"] == "https://molino.test/actors/instance"
    assert flag["object"] == [carla.uri, rude["id"]] and flag["content"] == "It insults people."
    assert "to" not in flag and world.franca.name not in json.dumps(flag)
    page = graziella.get(answer["Location"]).content.decode()
    assert "It insults people." in page and "On its way" in page and OurComplaint.objects.get().by_id == world.franca.pk


def test_a_report_without_a_word_is_not_sent(graziella, place, carla):
    assert graziella.post(f"{place}report/", {"words": ""}).status_code == 422
    assert not Activity.objects.exists()


def test_nothing_stands_beside_somebody_who_is_not_on_the_fediverse(graziella, world, house):
    assert graziella.get(f"/people/{world.bruno.pk}/fediverse/piece/").content.decode().strip() == ""
