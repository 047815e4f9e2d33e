"""What every test may ask for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import emptying

emptying.allow()


@pytest.fixture
def world(db: None) -> Any:
    """The small world in which everybody lives: Molino, its colleagues and the people who write to it."""
    from corale.demo.world import world as made

    return made()
