"""Rows are found by what names them, however many are asked for and of whatever kind."""

from __future__ import annotations

import pytest

from corale.channels.actions.keep import keep
from corale.channels.contract import Raw
from corale.channels.keys import key_of
from corale.channels.models import Connection
from corale.store import rows

pytestmark = pytest.mark.django_db
_BY_KEY = "SELECT native_key FROM channels_envelope WHERE connection_id = %s AND key IN ({marks})"
_BY_NAME = "SELECT key FROM channels_envelope WHERE connection_id = %s AND native_key IN ({marks})"


@pytest.fixture
def shop() -> Connection:
    shop, other = (Connection.objects.create(kind="demo", stable_id=each) for each in ("shop", "other"))
    keep(other, [Raw("elsewhere", b"")])
    keep(shop, [Raw(f"it's {number}", b"") for number in range(1200)])
    return shop


def test_what_stands_there_is_found_and_nothing_of_another_connection(shop: Connection) -> None:
    wanted = {key_of(f"it's {number}") for number in range(100, 1300)} | {key_of("elsewhere")}

    found = {name for (name,) in rows.look_up(_BY_KEY, wanted, [shop.pk])}

    assert found == {f"it's {number}" for number in range(100, 1200)}


def test_words_name_rows_as_numbers_do(shop: Connection) -> None:
    found = rows.look_up(_BY_NAME, ["it's 7", 'nothing, {of} "this"', "elsewhere"], [shop.pk], lock=True)

    assert found == [(key_of("it's 7"),)]


def test_who_asks_for_nothing_gets_nothing(shop: Connection) -> None:
    assert rows.look_up(_BY_KEY, [], [shop.pk]) == rows.select_in(_BY_KEY, []) == []
