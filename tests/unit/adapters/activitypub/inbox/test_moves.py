"""Somebody moves: both accounts must say so, and nobody jumps about."""

from __future__ import annotations

import pytest

from corale.adapters.activitypub import following
from corale.adapters.activitypub.actors import remote_actor
from corale.adapters.activitypub.models import Following, RemoteActor
from tests.support.neighbours import neighbour
from tests.unit.adapters.activitypub.inbox.conftest import Sender, left

pytestmark = pytest.mark.django_db
OLD, NEW, OTHER = "127.0.0.1", "127.0.0.2", "127.0.0.3"


@pytest.fixture
def there(house):
    with neighbour() as server:
        yield server


@pytest.fixture
def carla(there, house, brand) -> Sender:
    """Whom the brand follows."""
    sender = Sender(house, remote_actor(there.person("carla", host=OLD)))
    following.follow(brand, sender.remote)
    sender.does("Accept", left("Follow")[0])
    return sender


def test_a_move_takes_us_along_once_both_sides_say_so(there, carla):
    new = there.person("nuova", host=NEW)

    carla.does("Move", carla.uri, target=new)
    there.person("carla", host=OLD, movedTo=new)
    carla.does("Move", carla.uri, target=new)
    assert len(left("Follow")) == 1

    there.person("nuova", host=NEW, alsoKnownAs=[carla.uri])
    carla.does("Move", carla.uri, target=new)

    assert [each["object"] for each in left("Follow")] == [carla.uri, new]
    assert [each["object"]["object"] for each in left("Undo")] == [carla.uri]
    assert list(Following.objects.filter(ended_at=None).values_list("remote__uri", flat=True)) == [new]
    assert RemoteActor.objects.get(uri=carla.uri).moved_to == new


def test_who_jumps_about_takes_nobody_along(there, carla):
    for name, host in (("seconda", NEW), ("terza", OTHER)):
        target = there.person(name, host=host, alsoKnownAs=[carla.uri])
        there.person("carla", host=OLD, movedTo=target)
        carla.does("Move", carla.uri, target=target)

    assert [each["object"] for each in left("Follow")] == [carla.uri, there.at("/users/seconda", NEW)]


def test_nobody_moves_another(there, carla, person):
    there.person("nuova", host=NEW, alsoKnownAs=[carla.uri])
    there.person("carla", host=OLD, movedTo=there.at("/users/nuova", NEW))

    person("mallory").does("Move", carla.uri, target=there.at("/users/nuova", NEW))

    assert len(left("Follow")) == 1
