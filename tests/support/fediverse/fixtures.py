"""Fixtures of tests on the fediverse: import them in a conftest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.fediverse.home import Fediverse
from tests.support.fediverse.home import fediverse as running
from tests.support.fediverse.people import Somebody
from tests.support.processes import Builder


@pytest.fixture(scope="session")
def fediverse(builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fediverse]:
    """Molino and its neighbours, one for each test process; each test brings people of its own."""
    with running(builder, tmp_path_factory.mktemp("fediverse")) as made:
        yield made


@pytest.fixture(params=["fedify.test", "knock.test"], ids=["rfc9421 first", "cavage first"])
def eve(request: pytest.FixtureRequest, fediverse: Fediverse) -> Somebody:
    """Eve, on a server that signs in the one way first or in the other."""
    return fediverse.somebody("eve", request.param)


@pytest.fixture
def dora(fediverse: Fediverse) -> Somebody:
    """Dora, on a server that answers nobody who does not sign."""
    return fediverse.somebody("dora", "strict.test")
