"""Molino on the fediverse: the brand, and Anna, who has chosen to have a public profile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import cycle

import pytest
from django.core.cache import cache
from django.utils import timezone

from corale.adapters.activitypub import addresses, introducing, own
from corale.adapters.activitypub.models import Actor, Post, RemoteActor, Server
from corale.channels.keys import key_of
from corale.channels.models import Connection
from corale.demo.world import World
from tests.support.neighbours import Neighbour, neighbour


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """What is counted for a while is counted anew, and nobody has failed yet."""
    cache.clear()
    introducing.forget()


@pytest.fixture(scope="session")
def keys() -> Iterator[tuple[str, str]]:
    """Real ones, made three times and not for every test: making one takes most of a second here."""
    return cycle([own.key_pair() for _ in range(3)])


@pytest.fixture(autouse=True)
def keys_at_hand(keys, monkeypatch) -> None:
    monkeypatch.setattr(own, "key_pair", lambda: next(keys))


@pytest.fixture
def house(settings, db) -> Connection:
    """The fediverse has been turned on."""
    settings.CORALE_URL = "https://molino.test"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "molino.test", "bread.test"]
    return own.enable(name="molino", display_name="Molino", summary="We bake.\nhttps://bread.test", language="it")


@pytest.fixture
def brand(house) -> Actor:
    """@molino@molino.test"""
    return Actor.objects.get(kind=Actor.Kind.BRAND)


@pytest.fixture
def anna(house, world: World) -> Actor:
    """@anna@molino.test"""
    world.anna.title, world.anna.ask_me_about = "Baker", "bread & flour"
    world.anna.save()
    return own.make_actor(
        Actor.Kind.PERSON, "anna", world.anna, summary="I bake.", links=[["Site", "https://a.test/me"]]
    )


@pytest.fixture
def there(house) -> Iterator[Neighbour]:
    """Servers of others, on loopback."""
    with neighbour() as server:
        yield server


@pytest.fixture
def says(house) -> Callable[..., Post]:
    """Somebody of ours says something, as sending writes it down."""

    def say(actor: Actor, text: str = "Fresh bread.", *, ago: timedelta = timedelta(0), **more) -> Post:
        at = timezone.now() - ago
        number = addresses.new_number(at)
        audience = more.setdefault("audience", "public")
        uri = addresses.post(actor.name, number)
        to, cc = ADDRESSED[audience]
        document = {
            "id": uri, "type": "Note", "attributedTo": actor.uri, "content": f"<p>{text}</p>", "to": to, "cc": cc,
            "published": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "url": addresses.post_page(actor.name, number),
            "contentMap": {"en": f"<p>{text}</p>"}, "attachment": [], **more.pop("document", {}),
        }  # fmt: skip
        return Post.objects.create(
            actor=actor, number=number, uri=uri, published_at=at, document=document, source_text=text, **more
        )

    return say


ADDRESSED: dict[str, tuple[list[str], list[str]]] = {
    "public": (["https://www.w3.org/ns/activitystreams#Public"], []),
    "unlisted": ([], ["https://www.w3.org/ns/activitystreams#Public"]),
    "followers": (["https://molino.test/actors/anna/followers"], []),
    "direct": (["https://elsewhere.test/users/carla"], []),
}


@pytest.fixture
def carla(db) -> RemoteActor:
    """@carla@elsewhere.test"""
    server = Server.objects.create(host="elsewhere.test")
    uri = "https://elsewhere.test/users/carla"
    return RemoteActor.objects.create(
        key=key_of(uri), uri=uri, server=server, kind="Person", handle="carla@elsewhere.test", name="Carla Bianchi",
        inbox=f"{uri}/inbox",
    )  # fmt: skip
