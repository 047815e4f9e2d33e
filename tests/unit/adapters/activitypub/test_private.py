"""What somebody says to one of us in private: who sees it here, and who does not."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from corale.channels.models import Connection, Delivery
from corale.conversations.actions.answering import answer, cancel, settle
from corale.conversations.actions.assigning import assign
from corale.conversations.actions.noting import note
from corale.conversations.models import Confidant, Conversation
from corale.demo.world import World
from corale.improve.actions.gathering import gather
from corale.improve.actions.theming import begin_theme
from corale.live.listener import permitted
from corale.live.models import LiveEvent
from corale.people.models import Person
from corale.respond.counts import counts_for
from tests.unit.adapters.activitypub.doors import PUBLIC, SECRET, looked_at, new_note, saying

pytestmark = pytest.mark.django_db


@pytest.fixture
def says(house: Connection) -> Any:
    return saying(house)


def sees(person: Person, conversation: Conversation) -> bool:
    return Conversation.objects.visible_to(person).filter(pk=conversation.pk).exists()


def test_it_is_seen_by_whom_it_was_said_to_and_by_coordinators(says, anna, world: World):
    private = says(SECRET, anna.uri).conversation

    assert private.direct
    assert [sees(each, private) for each in (world.anna, world.elena, world.franca)] == [True, True, True]
    assert not sees(world.bruno, private)


def test_what_is_said_to_the_company_in_private_waits_for_a_coordinator(says, brand, world: World):
    private = says(SECRET, brand.uri).conversation
    before = sees(world.bruno, private)

    assign(private, world.bruno, by=world.elena)

    assert (before, sees(world.elena, private), sees(world.bruno, private)) == (False, True, True)
    assert not sees(world.anna, private)


def test_a_note_lets_in_whom_it_speaks_to(says, anna, world: World):
    private = says(SECRET, anna.uri).conversation

    note(private, "@Bruno, tu che dici?", by=world.anna, mentions=[world.bruno])

    assert sees(world.bruno, private)


def test_whoever_worked_on_it_before_there_were_confidants_still_sees_it(says, brand, anna, world: World):
    private = says(SECRET, brand.uri).conversation
    open_ = says("Ciao", PUBLIC, brand.uri).conversation
    assign(private, world.bruno, by=world.elena)
    note(private, "@Anna?", by=world.elena, mentions=[world.anna])
    note(open_, "Io", by=world.bruno)
    Confidant.objects.all().delete()

    with connection.cursor() as cursor:
        cursor.execute(import_module("corale.conversations.migrations.0008_confidants_of_before").FILL)

    known = set(Confidant.objects.values_list("conversation_id", "person_id"))
    assert known == {(private.pk, each.pk) for each in (world.bruno, world.anna, world.elena)}


def test_an_open_conversation_is_everybodys_and_needs_nobody_to_be_let_in(says, anna, world: World):
    open_ = says("Ciao", PUBLIC, anna.uri).conversation

    note(open_, "@Bruno?", by=world.anna, mentions=[world.bruno])

    assert sees(world.bruno, open_)
    assert not Confidant.objects.exists()


def test_what_is_private_never_becomes_part_of_what_is_open(says, anna, brand, world: World):
    asked = says("Dov'è il mio pacco?", PUBLIC, brand.uri)
    [answered] = answer(asked.conversation, ["Qual è il numero?"], by=world.bruno)

    private = says(f"{SECRET} 4711", anna.uri, answering=answered.native_id)

    assert private.conversation != asked.conversation
    assert private.conversation.direct
    assert not sees(world.bruno, private.conversation)
    assert SECRET not in Conversation.objects.get(pk=asked.conversation_id).preview


def test_two_people_who_speak_in_private_in_one_thread_do_not_hear_each_other(says, anna, brand, world: World):
    asked = says("Dov'è?", PUBLIC, brand.uri)

    hers = says(SECRET, anna.uri, answering=asked.native_id)
    his = says("Anch'io", brand.uri, answering=asked.native_id, by="https://peer.test/users/gino")

    assert hers.conversation != his.conversation


def test_it_goes_on_where_it_began(says, anna, world: World):
    first = says(SECRET, anna.uri)
    [answered] = answer(first.conversation, ["Certo."], by=world.anna)

    second = says("E poi?", anna.uri, answering=answered.native_id)

    assert second.conversation == first.conversation


def test_what_is_open_does_not_begin_in_private_because_its_answer_came_first(says, anna, brand, world: World):
    awaited = new_note()
    private = says(SECRET, anna.uri, answering=awaited)

    asked = says("Dov'è?", PUBLIC, brand.uri, uri=awaited)

    assert not asked.conversation.direct
    assert sees(world.bruno, asked.conversation)
    assert not sees(world.bruno, private.conversation)


def test_an_answer_in_private_leaves_the_open_thread_and_answers_it(says, brand, world: World):
    asked = says("Dov'è il mio pacco?", PUBLIC, brand.uri)
    open_ = asked.conversation

    [private] = answer(open_, [SECRET], by=world.anna, audience="direct")
    Delivery.objects.update(state="sent", native_id=private.native_id, sent_at=private.written_at)
    settle(Delivery.objects.get())

    assert private.conversation != open_
    assert (private.conversation.direct, private.conversation.continues) == (True, open_)
    assert [sees(each, private.conversation) for each in (world.anna, world.elena, world.bruno)] == [True, True, False]
    open_.refresh_from_db()
    asked.refresh_from_db()
    assert (open_.state, open_.waiting_since, SECRET in open_.preview) == ("waiting", None, False)
    assert asked.answered_at is not None
    assert Delivery.objects.get().payload["audience"] == "direct"


def test_taking_it_back_leaves_nothing_behind(says, brand, world: World):
    asked = says("Dov'è?", PUBLIC, brand.uri)
    [private] = answer(asked.conversation, [SECRET], by=world.anna, audience="direct")

    cancel(private, by=world.anna)

    assert not Conversation.objects.filter(direct=True).exists()
    assert Conversation.objects.get(pk=asked.conversation_id).state == "open"


def test_nobody_can_answer_in_public_what_was_said_in_private(says, anna, world: World):
    private = says(SECRET, anna.uri)

    answer(private.conversation, ["Ecco."], by=world.anna, audience="public")

    assert Delivery.objects.get().payload["audience"] == "direct"


def test_trays_and_their_numbers_know_nothing_of_it(says, anna, world: World, client: Client):
    before = counts_for(Person.objects.get(pk=world.bruno.pk))

    private = says(SECRET, anna.uri).conversation

    after, hers = (counts_for(Person.objects.get(pk=each.pk)) for each in (world.bruno, world.anna))
    assert before == after
    assert hers["open"] == after["open"] + 1
    client.force_login(world.bruno.user)
    assert f'id="row-{private.pk}"' not in client.get("/desk/").content.decode()


def test_open_pages_hear_of_it_where_one_may_see_it(says, anna, world: World):
    private = says(SECRET, anna.uri).conversation

    told = {event.topic for event in LiveEvent.objects.filter(payload__contains=f'"{private.pk}"')}
    assert told == {f"inbox:{world.anna.pk}", "inbox:private"}


@pytest.mark.parametrize(
    ("who", "hears"), [("anna", [True, False]), ("bruno", [False, False]), ("elena", [True, True])]
)
def test_the_live_stream_lets_nobody_listen_at_the_door(says, anna, world: World, client: Client, who, hears):
    private = says(SECRET, anna.uri).conversation
    me = getattr(world, who)
    client.force_login(me.user)
    asked = ["inbox", f"inbox:{me.pk}", f"inbox:{world.franca.pk}"]
    doors = [f"conversation:{private.pk}", "inbox:private"]

    heard = permitted(client.session.session_key or "", [*asked, *doors])

    assert heard is not None
    assert [door in heard for door in doors] == hears
    assert [each in heard for each in asked] == [True, True, False]


def test_a_theme_keeps_its_place_and_not_its_words(says, anna, world: World, client: Client):
    theme = begin_theme("Pacchi", by=world.elena)
    gather([says(SECRET, anna.uri)], theme, by=world.anna)
    client.force_login(world.bruno.user)

    page = looked_at(client, f"/improve/themes/{theme.pk}/")

    assert "Said in private." in page
    assert SECRET not in page
