"""Real servers for the tests that talk to them."""

from tests.support.atproto.fixtures import (  # noqa: F401
    carla,
    connect,
    molino,
    network,
    shared_folder,
    somebody,
    strict_network,
)
from tests.support.fediverse.fixtures import dora, eve, fediverse  # noqa: F401
from tests.support.houses import builder, house  # noqa: F401
