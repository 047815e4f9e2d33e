"""Who follows whom stands on the page of a person, and one follows back from there."""

from __future__ import annotations

import pytest

from corale.adapters.activitypub.actors import remote_actor
from corale.adapters.activitypub.models import Activity, Follower, Following
from corale.people.models import Identity
from tests.unit.adapters.activitypub.inbox.conftest import left


@pytest.fixture
def page(client, world, anna, carla):
    """The piece about Carla, as Anna sees it."""
    Identity.objects.create(platform="activitypub", stable_id=carla.uri, person=world.carla)
    client.force_login(world.anna.user)
    return lambda who=world.carla: client.get(f"/people/{who.pk}/fediverse/follows/").content.decode()


def follows_us(actor, remote):
    return Follower.objects.create(actor=actor, remote=remote, uri="x", state="accepted")


def we_follow(actor, remote):
    return Following.objects.create(actor=actor, remote=remote, uri="y", state="accepted")


def test_it_says_who_follows_whom(page, brand, anna, carla):
    assert "Nobody follows anybody yet" in page()
    follows_us(brand, carla)
    we_follow(anna, carla)

    assert "They follow Molino" in page()
    assert "follows them" in page()


def test_both_is_each_other_and_nothing_is_left_to_do(page, anna, carla):
    follows_us(anna, carla), we_follow(anna, carla)

    assert "follow each other" in page()
    assert "Follow back" not in page()


def test_what_has_ended_is_not_said(page, anna, carla):
    bond = follows_us(anna, carla)
    assert "Follow back" in page()
    Follower.objects.filter(pk=bond.pk).update(ended_at=bond.at)

    assert "They follow" not in page()
    assert "Follow back" not in page()


def test_who_is_not_on_the_fediverse_has_no_such_piece(page, world):
    assert page(world.dario).strip() == ""


def test_it_costs_the_same_however_many_there_are(page, brand, anna, carla, django_assert_max_num_queries):
    follows_us(brand, carla), follows_us(anna, carla), we_follow(brand, carla)

    with django_assert_max_num_queries(14):
        page()


def test_anna_follows_back_from_there(page, client, anna, there, world):
    eve = remote_actor(there.person("eve"))
    Identity.objects.update_or_create(
        platform="activitypub", stable_id=eve.uri, defaults={"person": world.bruno, "ours": False}
    )
    follows_us(anna, eve)
    assert f'value="{eve.uri}"' in page(world.bruno)

    client.post("/authorize_interaction", {"uri": eve.uri})

    assert [each["object"] for each in left("Follow")] == [eve.uri]
    assert Activity.objects.get(kind="Follow").actor == anna
