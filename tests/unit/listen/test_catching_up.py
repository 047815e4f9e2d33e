"""Everything that others said is read once: what comes, what was there before, what was edited; nothing is lost."""

from __future__ import annotations

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from corale.channels.models import Connection
from corale.conversations.actions.receive import take_in
from corale.conversations.models import Message
from corale.listen.actions.catching_up import lag, read_all, read_missed, read_some
from corale.listen.heard import SAID_BY_OTHERS
from corale.listen.models import Progress, Reading
from tests.unit.conversations.test_receive import said, who

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Connection:
    return Connection.objects.create(kind="demo", stable_id="did:demo:molino", handle="molino.test", demo=True)


def unread() -> int:
    return Message.objects.filter(direction__in=SAID_BY_OTHERS, reading=None).exclude(text="").count()


def test_what_was_there_before_is_read_newest_first_and_goes_on_where_it_stopped(shop: Connection) -> None:
    take_in(shop, [said(f"m{number}", f"A che ora aprite il giorno {number}?", number) for number in range(7)])

    read_some(limit=3)
    assert set(Reading.objects.values_list("message_id", flat=True)) == set(
        Message.objects.order_by("-pk").values_list("pk", flat=True)[:3]
    )
    assert lag() == (0, False)

    read_all()
    assert unread() == 0
    assert lag() == (0, True)


def test_what_comes_is_read_before_the_past(shop: Connection) -> None:
    take_in(shop, [said(f"m{number}", "Vecchio", number) for number in range(5)])
    read_some(limit=1)
    take_in(shop, [said("new", "Nuovo", 9)])
    assert lag() == (1, False)

    read_some(limit=1)

    assert Reading.objects.filter(message__native_id="new").exists()


def test_what_was_edited_is_read_again(shop: Connection) -> None:
    take_in(shop, [said("a", "Che bello, grazie!")])
    read_all()
    take_in(shop, [said("a", "Il pacco è arrivato rotto, vergogna", version="2")])

    read_all()

    assert Reading.objects.get().chances["negative"] > 60


def test_what_was_committed_late_is_found(shop: Connection) -> None:
    take_in(shop, [said("a", "Ciao"), said("b", "Buongiorno", 1)])
    read_all()
    Reading.objects.filter(message__native_id="a").delete()

    assert read_missed() == 1
    assert unread() == 0


def test_our_own_words_and_empty_ones_are_passed_over(shop: Connection) -> None:
    take_in(shop, [said("a", ""), said("b", "Aprite domani?", 1), said("c", "Sì", 2, by=who("molino"))])

    read_all()

    assert all(reading.message.direction in SAID_BY_OTHERS for reading in Reading.objects.all())
    assert unread() == 0


def test_a_batch_costs_a_fixed_number_of_queries(shop: Connection) -> None:
    counts = []
    take_in(shop, [said("first", "Ciao")])
    for size in (2, 40):
        read_all()
        take_in(shop, [said(f"{size}-{number}", "Quando aprite?", number) for number in range(size)])
        with CaptureQueriesContext(database) as queries:
            read_some()
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_message_that_goes_takes_its_reading_along(shop: Connection) -> None:
    take_in(shop, [said("a", "Ciao")])
    read_all()

    Message.objects.all().delete()

    assert not Reading.objects.exists()
    assert Progress.objects.exists()
