"""Franca, who looks after the house and is in the middle of it."""

from __future__ import annotations

import time

import pytest

from corale.accounts.policies import ADMIN_MODE
from tests.unit.adapters.activitypub.inbox.conftest import arrives, carla, person
from tests.unit.adapters.activitypub.inbox.delivering import deliver

__all__ = ["arrives", "carla", "deliver", "person"]


@pytest.fixture
def franca(house, client, world):
    """Signed in, with the powers of administration."""
    client.force_login(world.franca.user)
    session = client.session
    session[ADMIN_MODE] = time.time() + 600
    session.save()
    return client
