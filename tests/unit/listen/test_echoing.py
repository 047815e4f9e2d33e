"""Messages are folded as they are read, on either database: what is new among what is kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from corale.channels.models import Connection
from corale.conversations.actions.receive import take_in
from corale.conversations.models import Message
from corale.listen.actions.catching_up import fold_again, read_all, read_some
from corale.listen.models import Band, Echo, Progress
from corale.listen.near.signing import BANDS
from tests.unit.conversations.test_receive import said, who

pytestmark = pytest.mark.django_db
LEAKS = "La macchina del caffè che ho comprato a ottobre perde acqua dal fondo ogni mattina"


@pytest.fixture
def shop() -> Connection:
    return Connection.objects.create(kind="demo", stable_id="did:demo:molino", handle="molino.test", demo=True)


def hear(shop: Connection, *texts: str, first: int = 0, **more: Any) -> None:
    """Each from somebody else, in a conversation of its own, and read."""
    take_in(
        shop,
        [said(f"s{at}", text, at, by=who(f"person{at}"), **more) for at, text in enumerate(texts, start=first)],
    )
    read_all()


def leader(native_id: str) -> str:
    return str(Echo.objects.get(message__native_id=native_id).of.native_id)


def test_who_says_it_again_is_folded_to_who_said_it_first(shop: Connection) -> None:
    hear(shop)
    read_some()
    hear(shop, LEAKS)
    hear(shop, f"RT @person0: {LEAKS}", "Quando aprite a Torino?", LEAKS.replace("macchina", "machina"), first=1)

    assert [leader(f"s{at}") for at in range(4)] == ["s0", "s0", "s2", "s0"]
    assert list(Echo.objects.filter(is_passed_on=True).values_list("message__native_id", flat=True)) == ["s1"]
    assert Band.objects.count() == 2 * BANDS


def test_reading_again_changes_nothing(shop: Connection) -> None:
    hear(shop, LEAKS, LEAKS, "Che buono il pane di ieri, bravi tutti")
    before = set(Echo.objects.values_list("message", "of")), Band.objects.count()
    Progress.objects.all().delete()

    read_all()

    assert (set(Echo.objects.values_list("message", "of")), Band.objects.count()) == before


def test_an_edited_one_finds_its_new_place_and_leaves_nobody_behind(shop: Connection) -> None:
    hear(shop, LEAKS)
    hear(shop, LEAKS + "!", LEAKS + " 😡", first=1)
    first = Echo.objects.exclude(of__native_id="x").values_list("of__native_id", flat=True)[0]
    take_in(shop, [said(first, "Avevo torto, era il rubinetto di casa mia che gocciolava", 0, version="2")])
    read_all()
    assert Echo.objects.filter(of=None).count() == 2

    assert fold_again() == 2

    assert leader(first) == first
    assert not Echo.objects.filter(of=None).exists()
    rest = Echo.objects.exclude(message__native_id=first).values_list("of", flat=True)
    assert len(set(rest)) == 1


def test_whoever_followed_one_that_went_finds_another(shop: Connection) -> None:
    hear(shop, LEAKS)
    hear(shop, LEAKS, LEAKS, first=1)
    Message.objects.filter(native_id="s0").delete()

    fold_again()

    assert {leader("s1"), leader("s2")} <= {"s1", "s2"}
    assert leader("s1") == leader("s2")
    hear(shop, LEAKS, first=3)
    assert leader("s3") == leader("s1")


def test_one_whose_words_were_deleted_leads_nobody_new(shop: Connection) -> None:
    hear(shop, LEAKS)
    Message.objects.filter(native_id="s0").update(state=Message.State.DELETED, text="")

    hear(shop, LEAKS, first=1)
    fold_again()

    assert leader("s1") == "s1"
    assert not Band.objects.exclude(leader=Message.objects.get(native_id="s1").pk).exists()


def test_finding_who_said_it_before_is_a_few_statements_however_much_is_kept(shop: Connection) -> None:
    counts = []
    hear(shop)
    read_some()
    for size in (3, 60):
        hear(shop, *(f"{LEAKS} numero {number} {'xyz' * number}" for number in range(size)), first=size * 100)
        take_in(shop, [said(f"new{size}", LEAKS, 500, by=who("late"))])
        with CaptureQueriesContext(database) as queries:
            read_some()
        counts.append(len(queries))

    assert counts[0] == counts[1]
