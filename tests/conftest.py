"""What every test may ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests.support import emptying

if TYPE_CHECKING:
    from corale.demo.world import World

emptying.allow()
hypothesis.settings.register_profile("untimed", hypothesis.settings(), deadline=None)  # a busy machine is no mistake
hypothesis.settings.load_profile("untimed")


@pytest.fixture
def world(db: None) -> World:
    """The small world in which everybody lives: Anna answers, Bruno knows the machines, Carla bought a coffee maker."""
    from corale.demo.world import world as made

    return made()
