"""A profile moves in from another server, and out to one: on pages, with both accounts naming each other."""

from __future__ import annotations

import json
import time

import pytest

from corale.accounts.policies import ADMIN_MODE
from corale.adapters.activitypub import following, own
from corale.adapters.activitypub.actors import remote_actor
from corale.adapters.activitypub.models import Activity, Actor, Follower, Following
from corale.ledger.audit import AuditEntry
from tests.unit.adapters.activitypub.inbox.conftest import Sender, left

PAGE = "/people/me/public/moving/"
COMPANY = "/channels/fediverse/moving/"


@pytest.fixture
def as_anna(client, anna, world):
    client.force_login(world.anna.user)
    return client


@pytest.fixture
def new(there, anna) -> str:
    """Anna's account on another server, which says so."""
    return there.person("nuova", alsoKnownAs=[anna.uri])


def now(actor: Actor) -> Actor:
    return Actor.objects.get(pk=actor.pk)


def looks(client, address, page=PAGE):
    return client.post(page, {"verb": "look", "out-address": address}).content.decode()


def leaves(client, address, page=PAGE, **said):
    return client.post(page, {"verb": "leave", "out-address": address, "understood": "on", **said})


def test_her_page_names_the_account_that_may_move_here(as_anna, anna, there, carla):
    Follower.objects.create(actor=anna, remote=carla, uri="x", state="accepted")
    old = there.person("vecchia")

    answer = as_anna.post(PAGE, {"verb": "expect", "into-address": old})

    assert answer["Location"] == PAGE
    document = as_anna.get("/actors/anna", headers={"Accept": "application/activity+json"}).json()
    assert document["alsoKnownAs"] == [old]
    assert old in left("Update")[0]["object"]["alsoKnownAs"]
    assert old in as_anna.get(PAGE).content.decode()
    assert AuditEntry.objects.filter(verb="fediverse.move_expected").exists()


def test_what_was_named_by_mistake_is_taken_back(as_anna, anna, there):
    old = there.person("vecchia")
    for verb in ("expect", "expect", "forget"):
        as_anna.post(PAGE, {"verb": verb, "into-address": old, "uri": old})

    assert now(anna).also_known_as == []


@pytest.mark.parametrize("said", ["", "nobody", "@molino@molino.test", "https://molino.test/actors/molino", "ftp://x"])
def test_what_is_no_account_elsewhere_is_said_beside_the_field(as_anna, anna, said):
    answer = as_anna.post(PAGE, {"verb": "expect", "into-address": said})

    assert answer.status_code == 422
    assert "field--refused" in answer.content.decode()
    assert now(anna).also_known_as == []


def test_before_she_leaves_she_sees_what_will_happen(as_anna, anna, new, carla):
    Follower.objects.create(actor=anna, remote=carla, uri="x", state="accepted")
    Actor.objects.filter(pk=anna.pk).update(followers_count=1)

    page = looks(as_anna, new)

    assert "Nuova" in page and "1 follower is asked" in page and "thirty days" in page
    assert now(anna).state == "active" and not Activity.objects.exists()


def test_an_account_that_does_not_say_so_takes_nobody_in(as_anna, anna, there):
    stranger = there.person("estranea")

    page = looks(as_anna, stranger)
    leaves(as_anna, stranger)

    assert "does not say yet" in page and "Move to" not in page
    assert now(anna).state == "active" and not Activity.objects.exists()


def test_an_account_that_has_moved_on_takes_nobody_in(as_anna, anna, there):
    gone = there.person("altrove", alsoKnownAs=[anna.uri], movedTo=there.at("/users/ancora"))

    assert "itself moved on" in looks(as_anna, gone)
    leaves(as_anna, gone)
    assert now(anna).state == "active"


def test_she_must_say_that_she_wants_to(as_anna, anna, new):
    answer = leaves(as_anna, new, understood="")

    assert answer.status_code == 422
    assert now(anna).state == "active"


def test_she_leaves_and_her_followers_are_asked_to_come_along(as_anna, anna, new, carla, world):
    Follower.objects.create(actor=anna, remote=carla, uri="x", state="accepted")

    assert leaves(as_anna, new)["Location"] == PAGE

    [moved], [changed] = left("Move"), left("Update")
    assert (moved["actor"], moved["object"], moved["target"]) == (anna.uri, anna.uri, new)
    assert changed["object"]["movedTo"] == new
    assert Activity.objects.get(kind="Move").dispatches.get().inbox == carla.inbox
    assert own.actor_for(world.anna.pk) is None
    assert new in as_anna.get("/@anna").content.decode()
    assert "has moved" in as_anna.get(PAGE).content.decode()
    assert AuditEntry.objects.filter(verb="fediverse.moved").exists()


def test_twice_is_once_and_nobody_jumps_about(as_anna, anna, new, there):
    leaves(as_anna, new), leaves(as_anna, new)
    as_anna.post(PAGE, {"verb": "stay"})
    other = there.person("altra", alsoKnownAs=[anna.uri])
    page = leaves(as_anna, other).content.decode()

    assert "less than thirty days ago" in page
    assert len(left("Move")) == 1
    assert (now(anna).state, now(anna).moved_to) == ("active", "")


def test_the_company_moves_in_administration_only(client, brand, there, world):
    new = there.person("mulino", alsoKnownAs=[brand.uri])
    client.force_login(world.anna.user)
    assert leaves(client, new, COMPANY).status_code == 404
    assert now(brand).state == "active"


def test_an_administrator_moves_the_company(client, brand, there, world):
    new = there.person("mulino", alsoKnownAs=[brand.uri])
    client.force_login(world.franca.user)
    session = client.session
    session[ADMIN_MODE] = time.time() + 600
    session.save()

    assert "colleagues with a profile of their own" in looks(client, new, COMPANY)
    assert leaves(client, new, COMPANY)["Location"] == COMPANY
    assert (now(brand).state, now(brand).moved_to) == ("moved", new)


def test_who_has_no_profile_has_nothing_to_move(client, house, world):
    client.force_login(world.bruno.user)

    assert client.get(PAGE).status_code == 404


def test_who_moves_in_here_is_not_followed_from_here(house, brand, anna, there):
    old = Sender(house, remote_actor(there.person("vecchia")))
    following.follow(brand, old.remote)
    before = Following.objects.filter(ended_at=None).count()

    old.does("Move", old.uri, target=anna.uri)
    assert Following.objects.filter(ended_at=None).count() == before == 1
    Actor.objects.filter(pk=anna.pk).update(also_known_as=[old.uri])
    old.does("Move", old.uri, target=anna.uri)

    assert not Following.objects.filter(ended_at=None).exists()
    assert [json.dumps(each["object"]["object"]) for each in left("Undo")] == [json.dumps(old.uri)]
