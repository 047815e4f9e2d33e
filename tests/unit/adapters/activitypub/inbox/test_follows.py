"""Who follows whom: asked, answered, ended, however the words arrive."""

from __future__ import annotations

import pytest

from corale.adapters.activitypub import followers, following
from corale.adapters.activitypub.models import Actor, Dispatch, Follower, Following
from tests.unit.adapters.activitypub.inbox.conftest import left

pytestmark = pytest.mark.django_db


def test_whoever_follows_is_a_follower_and_is_told_so(carla, brand):
    asked = carla.does("Follow", brand.uri)

    assert Follower.objects.standing().get().remote == carla.remote
    [answer] = left("Accept")
    assert answer["actor"] == brand.uri
    assert answer["object"] == {"id": asked["id"], "type": "Follow", "actor": carla.uri, "object": brand.uri}
    assert Dispatch.objects.get().inbox == carla.remote.inbox
    brand.refresh_from_db()
    assert brand.followers_count == 1


def test_a_repeated_follow_is_answered_again_and_counts_once(carla, brand):
    carla.does("Follow", brand.uri)
    carla.does("Follow", brand.uri)

    assert len(left("Accept")) == 2
    brand.refresh_from_db()
    assert (Follower.objects.count(), brand.followers_count) == (1, 1)


def test_who_approves_followers_decides_alone(carla, brand):
    Actor.objects.filter(pk=brand.pk).update(approves_followers=True)

    carla.does("Follow", brand.uri)

    assert Follower.objects.get().state == "pending"
    assert left("Accept") == []
    followers.accept(Follower.objects.get())
    assert len(left("Accept")) == 1
    assert Follower.objects.standing().count() == 1


@pytest.mark.parametrize(
    "undone",
    [
        lambda follow: follow,
        lambda follow: follow["id"],
        lambda follow: {"type": "Follow", "actor": follow["actor"], "object": follow["object"]},
        lambda follow: {**follow, "id": follow["id"] + "-lost"},
    ],
    ids=["embedded", "by its id", "without an id", "with another id"],
)
def test_a_follow_is_taken_back_in_every_way_in_which_servers_say_it(carla, brand, undone):
    follow = carla.does("Follow", brand.uri)

    carla.does("Undo", undone(follow))

    brand.refresh_from_db()
    assert (Follower.objects.standing().count(), brand.followers_count) == (0, 0)
    assert Follower.objects.get().ended_at is not None


def test_a_follow_that_was_overtaken_by_its_undo_does_not_stand(carla, brand):
    late = {"id": f"{carla.uri}/follow", "type": "Follow", "actor": carla.uri, "object": brand.uri}

    carla.does("Undo", late)
    carla.does("Follow", brand.uri, id=late["id"])

    assert not Follower.objects.standing().exists()


def test_nobody_takes_back_the_follow_of_another(carla, person, brand):
    follow = carla.does("Follow", brand.uri)

    person("mallory").does("Undo", follow)
    person("eve").does("Undo", follow["id"])

    assert Follower.objects.standing().count() == 1


def test_a_blocked_person_is_refused(carla, brand):
    carla.remote.is_blocked = True
    carla.remote.save()

    carla.does("Follow", brand.uri)

    assert len(left("Reject")) == 1
    assert not Follower.objects.standing().exists()


@pytest.mark.parametrize("target", ["https://molino.test/actors/instance", "https://molino.test/actors/nobody",
                                    "https://elsewhere.test/actors/molino"])  # fmt: skip
def test_only_those_who_can_be_found_can_be_followed(carla, target):
    carla.does("Follow", target)

    assert not Follower.objects.exists()
    assert left("Accept") == []


def test_removing_a_follower_tells_their_server(carla, brand):
    carla.does("Follow", brand.uri)

    followers.refuse(Follower.objects.get())

    assert left("Reject")[0]["object"]["actor"] == carla.uri
    brand.refresh_from_db()
    assert brand.followers_count == 0


def test_their_accept_makes_our_follow_stand_and_their_reject_ends_it(carla, brand):
    asked = following.follow(brand, carla.remote)
    assert left("Follow")[0]["id"] == asked.uri

    carla.does("Accept", left("Follow")[0])

    brand.refresh_from_db()
    assert (Following.objects.standing().count(), brand.following_count) == (1, 1)

    carla.does("Reject", {"type": "Follow", "actor": brand.uri, "object": carla.uri})

    brand.refresh_from_db()
    assert (Following.objects.standing().count(), brand.following_count) == (0, 0)


def test_nobody_accepts_for_another(carla, person, brand):
    asked = following.follow(brand, carla.remote)

    person("mallory").does("Accept", {"id": asked.uri, "type": "Follow", "actor": brand.uri, "object": carla.uri})

    assert Following.objects.get().state == "pending"


def test_a_block_ends_both_ways(carla, brand):
    carla.does("Follow", brand.uri)
    following.follow(brand, carla.remote)
    carla.does("Accept", left("Follow")[0])

    carla.does("Block", brand.uri)

    assert not Follower.objects.standing().exists()
    assert not Following.objects.standing().exists()


def test_whoever_leaves_follows_nobody_any_more(carla, brand):
    carla.does("Follow", brand.uri)

    carla.does("Delete", carla.uri)

    carla.remote.refresh_from_db()
    brand.refresh_from_db()
    assert carla.remote.gone_at is not None
    assert (Follower.objects.standing().count(), brand.followers_count) == (0, 0)
