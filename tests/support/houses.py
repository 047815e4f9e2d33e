"""Fixtures: `house`, a Corale of one's own made of real processes; `builder`, for more than one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.processes import Builder, House


@pytest.fixture(scope="session")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builder]:
    made = Builder(tmp_path_factory.mktemp("houses"))
    yield made
    made.close()


@pytest.fixture
def house(builder: Builder) -> Iterator[House]:
    with builder.house() as made:
        yield made
