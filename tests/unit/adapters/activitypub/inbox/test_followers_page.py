"""Those who ask to follow are let in or declined by whom they ask; followers are seen, and removed."""

from __future__ import annotations

import pytest

from corale.adapters.activitypub.models import Actor, Follower
from corale.ledger.audit import AuditEntry
from corale.people.models import Identity
from tests.unit.adapters.activitypub.inbox.conftest import left

PAGE = "/people/me/public/followers/"
COMPANY = "/channels/fediverse/followers/"


@pytest.fixture
def as_anna(client, anna, world):
    client.force_login(world.anna.user)
    return client


@pytest.fixture
def asks(anna, carla) -> Follower:
    """Carla waits for Anna's yes."""
    Actor.objects.filter(pk=anna.pk).update(approves_followers=True)
    carla.does("Follow", anna.uri)
    return Follower.objects.get(actor=anna)


def decides(client, verb: str, follower: Follower, page: str = PAGE):
    return client.post(page, {"verb": verb, "follower": follower.pk})


def test_who_waits_is_said_where_one_looks_after_the_profile_and_let_in(as_anna, asks, anna, carla, world):
    assert "1 waits for your yes" in as_anna.get("/people/me/public/").content.decode()
    assert "1 waits for your yes" in as_anna.get(f"/people/{world.anna.pk}/public/piece/").content.decode()
    Identity.objects.filter(stable_id=carla.uri).update(person=world.carla)
    assert f'href="/people/{world.carla.pk}/"' in as_anna.get(PAGE, {"which": "waiting"}).content.decode()

    decides(as_anna, "accept", asks)

    assert [each["object"]["id"] for each in left("Accept")] == [asks.uri]
    assert carla.uri in as_anna.get(PAGE).content.decode()
    assert "Nobody waits" in as_anna.get(PAGE, {"which": "waiting"}).content.decode()
    assert Actor.objects.get(pk=anna.pk).followers_count == 1
    assert AuditEntry.objects.get(verb="fediverse.follower_accept").target == f"actor:{anna.pk}"


def test_who_is_declined_is_told_and_may_ask_again(as_anna, asks, anna, carla):
    decides(as_anna, "refuse", asks)

    assert [each["object"]["id"] for each in left("Reject")] == [asks.uri]
    carla.does("Follow", anna.uri)
    assert "Let them follow" in as_anna.get(PAGE, {"which": "waiting"}).content.decode()


def test_a_follower_is_removed(as_anna, asks, anna):
    decides(as_anna, "accept", asks)

    decides(as_anna, "refuse", asks)

    assert not Follower.objects.standing().exists()
    assert len(left("Reject")) == 1
    assert Actor.objects.get(pk=anna.pk).followers_count == 0


def test_deciding_twice_says_it_once(as_anna, asks):
    decides(as_anna, "accept", asks), decides(as_anna, "accept", asks)
    assert len(left("Accept")) == 1

    decides(as_anna, "refuse", asks), decides(as_anna, "refuse", asks)
    assert len(left("Reject")) == 1


def test_nobody_decides_for_a_colleague_or_unasked_for_the_company(client, asks, brand, carla, world):
    carla.does("Follow", brand.uri)
    the_companys = Follower.objects.get(actor=brand)
    client.force_login(world.bruno.user)

    assert decides(client, "accept", asks).status_code == 404
    assert decides(client, "refuse", the_companys, COMPANY).status_code == 404
    client.force_login(world.elena.user)
    assert decides(client, "accept", asks, COMPANY).status_code == 404
    assert client.get(COMPANY).status_code == 200
    assert decides(client, "refuse", the_companys, COMPANY).status_code == 302
    assert Follower.objects.get(pk=asks.pk).state == "pending"
    assert Follower.objects.get(pk=the_companys.pk).ended_at


@pytest.mark.parametrize(
    "said", [{}, {"verb": "accept"}, {"verb": "bless", "follower": 1}, {"verb": "accept", "follower": "x"}]
)
def test_nonsense_decides_nothing(as_anna, asks, said):
    assert as_anna.post(PAGE, said).status_code == 404
    assert Follower.objects.get().state == "pending"


def test_it_costs_the_same_however_many_there_are(as_anna, asks, anna, person, django_assert_max_num_queries):
    for number in range(60):
        person(f"p{number}").does("Follow", anna.uri)

    with django_assert_max_num_queries(14):
        first = as_anna.get(PAGE, {"which": "waiting"}).content.decode()
    assert first.count('value="accept"') == 50
    assert 'rel="next"' in first
