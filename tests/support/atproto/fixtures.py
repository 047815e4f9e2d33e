"""Fixtures of tests that talk to the real network: import them in a conftest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.atproto.network import Network, controller, running
from tests.support.atproto.people import PASSWORD, Somebody


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of this run see."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if controller_is_another() else folder


def controller_is_another() -> bool:
    """This process is one of several."""
    import os

    return "PYTEST_XDIST_WORKER" in os.environ


@pytest.fixture(scope="session")
def network(shared_folder: Path) -> Network:
    """The whole network: directory, data server, app view."""
    return running(shared_folder, watch=controller())


@pytest.fixture(scope="session")
def strict_network(shared_folder: Path) -> Network:
    """A data server alone, with its real rate limits."""
    return running(shared_folder, watch=controller(), limits=True)


@pytest.fixture
def somebody(network: Network) -> Callable[[str], Somebody]:
    """Makes an account with a name of one's choice."""
    return lambda name: Somebody.on(network, name)


@pytest.fixture
def molino(somebody: Callable[[str], Somebody]) -> Somebody:
    """The company's account, as its own app would hold it."""
    return somebody("molino")


@pytest.fixture
def carla(somebody: Callable[[str], Somebody]) -> Somebody:
    """Carla, who bought a coffee maker."""
    return somebody("carla")


@pytest.fixture
def connect(db: None) -> Callable[..., Any]:
    """Connects an account of the network as a person does."""
    from corale.channels.models import Connection

    def connected(owner: Somebody, password: str = PASSWORD) -> Connection:
        adapter = Connection(kind="bluesky").adapter
        introduced = adapter.introduce({"identifier": owner.handle, "password": password, "service": owner.pds})
        connection = Connection(
            kind="bluesky",
            stable_id=introduced.stable_id,
            handle=introduced.handle,
            name=introduced.name,
            service=owner.pds,
        )
        connection.save()
        connection.keep_secret(introduced.secret)
        return connection

    return connected
