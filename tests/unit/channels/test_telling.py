"""What is kept is understood by another thread; whoever keeps does not wait for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from corale.channels.actions.keep import keep
from corale.channels.actions.telling import Teller
from corale.channels.models import Connection
from corale.channels.signals import envelopes_kept
from corale.conversations.models import Message
from tests.unit.conversations.test_receive import said, shop  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def teller() -> Iterator[Teller]:
    teller = Teller()
    teller.start()
    yield teller
    teller.end()
    teller.join(20)


def test_what_was_kept_while_something_else_was_understood_is_understood_too(
    shop: Connection,  # noqa: F811
    teller: Teller,
) -> None:
    busy, go_on = threading.Event(), threading.Event()

    def hold(sender: Any, **_more: Any) -> None:
        busy.set()
        go_on.wait(20)

    envelopes_kept.connect(hold)
    keep(shop, [said("a")])
    teller.soon(shop)
    assert busy.wait(20)
    for native_id in ("b", "c"):
        keep(shop, [said(native_id, minutes=1)])
        teller.soon(shop)
    go_on.set()
    teller.end()
    teller.join(20)
    envelopes_kept.disconnect(hold)

    assert set(Message.objects.values_list("native_id", flat=True)) == {"a", "b", "c"}


def test_whoever_falls_over_is_told_again_the_next_time(shop: Connection, teller: Teller) -> None:  # noqa: F811
    fell = threading.Event()

    def fall_over(sender: Any, **_more: Any) -> None:
        fell.set()
        raise RuntimeError("not now")

    envelopes_kept.connect(fall_over)
    keep(shop, [said("a")])
    teller.soon(shop)
    assert fell.wait(20)
    envelopes_kept.disconnect(fall_over)
    keep(shop, [said("b", minutes=1)])
    teller.soon(shop)
    teller.end()
    teller.join(20)

    assert set(Message.objects.values_list("native_id", flat=True)) == {"a", "b"}
