"""How many people say this: people are counted and re-shares are not, and the number opens the very messages."""

from __future__ import annotations

import pytest
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from corale.channels.models import Connection
from corale.conversations.actions.receive import take_in
from corale.conversations.models import Conversation, Message
from corale.demo.world import World
from corale.listen.actions.catching_up import read_all
from corale.listen.voices import voices
from tests.unit.conversations.test_receive import said, who

pytestmark = pytest.mark.django_db
LEAKS = "La macchina del caffè che ho comprato a ottobre perde acqua dal fondo ogni mattina"


@pytest.fixture
def shop() -> Connection:
    return Connection.objects.create(kind="demo", stable_id="did:demo:molino", handle="molino.test")


@pytest.fixture
def leaks(shop: Connection) -> dict[str, Message]:
    """Three people say it; one of them twice; five pass it on."""
    raws = [said(f"own{at}", LEAKS + "!" * at, at, by=who(f"person{at % 3}")) for at in range(4)]
    raws += [said(f"again{at}", f"RT @person0: {LEAKS}", 9 + at, by=who(f"fan{at}")) for at in range(5)]
    take_in(shop, [*raws, said("other", "Quando riaprite il negozio di Torino?", 30, by=who("zoe"))])
    read_all()
    return {message.native_id: message for message in Message.objects.all()}


def test_people_are_counted_and_a_flood_of_re_shares_is_none(leaks: dict[str, Message], world: World) -> None:
    counted = voices(list(leaks.values()), world.anna)

    assert counted == {message.pk: 3 for name, message in leaks.items() if name != "other"}


def test_nothing_that_one_may_not_see_is_counted_or_shown(
    leaks: dict[str, Message], world: World, client: Client
) -> None:
    hidden = leaks["own1"]
    Conversation.objects.filter(pk=hidden.conversation_id).update(direct=True)

    assert voices([leaks["own0"]], world.anna) == {leaks["own0"].pk: 2}
    client.force_login(world.anna.user)
    page = client.get(reverse("listen:alike", args=[leaks["own0"].pk])).content.decode()
    assert f"#m{hidden.pk}" not in page
    assert client.get(reverse("listen:alike", args=[hidden.pk])).status_code == 404


def test_the_thread_says_how_many_and_the_page_shows_each_of_them(
    leaks: dict[str, Message], world: World, client: Client
) -> None:
    client.force_login(world.anna.user)
    thread = client.get(reverse("respond:conversation", args=[leaks["own0"].conversation_id])).content.decode()
    there = reverse("listen:alike", args=[leaks["own0"].pk])
    assert there in thread
    assert "3 people say this" in thread

    page = client.get(there).content.decode()

    assert "3 people say this" in page
    assert all(f"#m{message.pk}" in page for name, message in leaks.items() if name != "other")
    assert f"#m{leaks['other'].pk}" not in page
    assert page.count("<span>passes it on</span>") == 5


def test_the_page_goes_on_where_it_ends_and_costs_the_same_for_any_number(
    shop: Connection, world: World, client: Client
) -> None:
    client.force_login(world.anna.user)
    counts = []
    for size in (2, 60):
        take_in(shop, [said(f"{size}-{at}", LEAKS, at, by=who(f"person{at}")) for at in range(size)])
        read_all()
        one = Message.objects.filter(native_id="2-0").get()
        with CaptureQueriesContext(database) as queries:
            page = client.get(reverse("listen:alike", args=[one.pk]))
        counts.append(len(queries))

    assert counts[0] == counts[1]
    later = page.context["shown"].later
    rest = client.get(reverse("listen:alike", args=[one.pk]), {"after": later})
    assert len(page.context["shown"].rows) + len(rest.context["shown"].rows) == 62


def test_what_was_deleted_is_no_voice_any_more(leaks: dict[str, Message], world: World) -> None:
    Message.objects.filter(native_id="own1").update(state=Message.State.DELETED)

    assert voices([leaks["own0"]], world.anna) == {leaks["own0"].pk: 2}
