"""A brand that speaks, and inboxes that listen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corale.adapters.activitypub.models import Actor
from corale.channels.models import Connection
from tests.support.postroom import Inboxes, an_actor, inboxes


@pytest.fixture
def there() -> Iterator[Inboxes]:
    with inboxes() as open_:
        yield open_


@pytest.fixture
def molino(db: None) -> Actor:
    return an_actor()


@pytest.fixture
def connection(molino: Actor) -> Connection:
    return Connection.objects.create(kind="activitypub", stable_id=molino.uri, handle="molino@localhost:8000")
