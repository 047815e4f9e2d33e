"""A rule for a server holds both ways, for all below it, and can be taken back."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from corale.adapters.activitypub import hosts
from corale.adapters.activitypub.models import Complaint, Dispatch, Follower, Following, RuleChange, Server
from corale.adapters.activitypub.rules import Rule, decide, take_back
from corale.adapters.activitypub.sending.acting import act
from corale.adapters.activitypub.views import actors
from corale.ledger.audit import AuditEntry
from tests.support.neighbours import ACTIVITY, signed_headers
from tests.support.postroom import follows
from tests.unit.adapters.activitypub.inbox.delivering import HOUSE, create

pytestmark = pytest.mark.django_db
BLOCKED, LIMITED = Rule(stance="blocked"), Rule(stance="limited")
RULE = {"stance": "blocked", "public_comment": "Spam", "private_comment": "See the notes"}


@pytest.fixture
def decided(world):
    return lambda host, rule: decide(host, rule, by_id=world.franca.pk)


def test_whoever_followed_us_from_there_or_below_no_longer_does_until_it_is_taken_back(brand, person, decided, world):
    ada, bea, dan = person("ada", "bad.test"), person("bea", "a.bad.test"), person("dan", "notbad.test")
    for each in (ada, bea, dan):
        follows(each.remote, brand)
    Following.objects.create(actor=brand, remote=ada.remote, uri="https://molino.test/1", state="accepted")
    type(brand).objects.filter(pk=brand.pk).update(followers_count=3, following_count=1)

    change = decided("bad.test", BLOCKED)
    brand.refresh_from_db()
    assert [each.remote for each in Follower.objects.standing()] == [dan.remote]
    assert (brand.followers_count, brand.following_count) == (1, 0)

    assert take_back(change, by_id=world.franca.pk) and not take_back(change, by_id=world.franca.pk)
    brand.refresh_from_db()
    assert (brand.followers_count, brand.following_count) == (3, 1)
    assert Follower.objects.standing().count() == 3 and Following.objects.standing().count() == 1


def test_opening_it_by_another_decision_brings_them_back_too(brand, carla, decided):
    follows(carla.remote, brand)
    decided("peer.test", BLOCKED)
    decided("peer.test", LIMITED)

    assert Follower.objects.standing().exists()


def test_what_a_rule_above_still_blocks_stays_away(brand, person, decided, world):
    follows(person("ada", "a.bad.test").remote, brand)
    change = decided("a.bad.test", BLOCKED)
    decided("bad.test", BLOCKED)
    take_back(change, by_id=world.franca.pk)

    assert hosts.is_blocked("a.bad.test") and not Follower.objects.standing().exists()


def test_what_waits_for_it_is_not_sent(brand, carla, decided):
    from django.db import transaction

    with transaction.atomic():
        act(brand, {"id": "https://molino.test/1", "type": "Like"}, inboxes=[(carla.remote.server, carla.remote.inbox)])
    decided("peer.test", BLOCKED)

    assert Dispatch.objects.get().state == Dispatch.State.DROPPED


def test_a_decision_that_was_overtaken_is_not_taken_back(carla, decided, world):
    change = decided("peer.test", LIMITED)
    decided("peer.test", BLOCKED)

    assert not take_back(change, by_id=world.franca.pk)
    assert hosts.is_blocked("peer.test")


def test_it_hears_403_and_sees_only_a_name_and_a_key(there, brand, deliver, decided):
    eve = there.person("eve")
    decided(f"127.0.0.1:{there.port}", BLOCKED)
    headers = signed_headers(eve, brand.uri, None) | {"Accept": ACTIVITY, "Host": "molino.test"}
    shown = actors.actor(RequestFactory().get(f"/actors/{brand.name}", headers=headers), brand.name)

    assert deliver(create(eve)).status_code == 403
    assert b"publicKey" in shown.content and b"We bake" not in shown.content
    assert HOUSE == "https://molino.test"


def test_of_a_limited_server_a_follower_waits_for_a_yes(brand, person, decided):
    decided("bad.test", LIMITED)
    person("ada", "a.bad.test").does("Follow", brand.uri)

    assert Follower.objects.get().state == Follower.State.PENDING


def test_it_may_complain_in_vain(brand, carla, decided):
    decided("peer.test", Rule(rejects_reports=True))
    carla.does("Flag", [brand.uri], content="Rude.")

    assert not Complaint.objects.exists()


def test_an_administrator_decides_sees_it_and_takes_it_back(franca, world):
    form = franca.get("/channels/fediverse/servers/new/").content.decode()
    answer = franca.post("/channels/fediverse/servers/new/", RULE | {"host": "https://Bad.Test/about"})
    server = Server.objects.get(host="bad.test")
    page = franca.get(answer["Location"]).content.decode()

    assert "subdomains" in form and server.is_blocked
    assert "Spam" in page and "See the notes" in page and world.franca.name in page
    assert AuditEntry.objects.get(verb="fediverse.server_ruled").detail["host"] == "bad.test"

    assert franca.post(f"/channels/fediverse/servers/{server.pk}/undo/", {"change": "nonsense"}).status_code == 404
    franca.post(f"/channels/fediverse/servers/{server.pk}/undo/", {"change": RuleChange.objects.get().pk})
    server.refresh_from_db()
    assert not server.is_ruled and AuditEntry.objects.filter(verb="fediverse.rule_undone").exists()


@pytest.mark.parametrize("host", ["molino.test", "test", "nonsense", "bad domain", "*"])
def test_no_rule_for_ourselves_or_for_what_is_no_server(franca, host):
    assert franca.post("/channels/fediverse/servers/new/", RULE | {"host": host}).status_code == 422
    assert not RuleChange.objects.exists()
