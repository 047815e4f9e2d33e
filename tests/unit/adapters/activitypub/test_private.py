"""What somebody says to one of us in private: who sees it here, and who does not."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from corale.channels.contract import Raw
from corale.channels.models import Connection, Delivery
from corale.conversations.actions.answering import answer, cancel
from corale.conversations.actions.assigning import assign
from corale.conversations.actions.noting import note
from corale.conversations.actions.receive import take_in
from corale.conversations.models import Confidant, Conversation, Message
from corale.demo.world import World
from corale.improve.actions.deciding import decide
from corale.improve.actions.gathering import gather
from corale.improve.actions.theming import begin_theme
from corale.live.listener import permitted
from corale.live.models import LiveEvent
from corale.people.models import Identity, Person
from corale.respond.counts import counts_for
from corale.search.index import index_all

pytestmark = pytest.mark.django_db
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
CARLA = "https://peer.test/users/carla"
SECRET, WORD = "segretissimo", "parolachiave"  # what is not to be seen, and what one looks for
_numbers = itertools.count(1)


@pytest.fixture
def says(house: Connection) -> Any:
    """Carla writes, to whom she names; in answer to something, or not."""

    def say(text: str, *to: str, answering: str = "", by: str = CARLA) -> Message:
        uri = f"{by}/notes/{next(_numbers)}"
        named = [each for each in to if each != PUBLIC]
        body = {
            "id": uri, "type": "Note", "attributedTo": by, "content": f"<p>{text}</p>", "inReplyTo": answering or None,
            "to": list(to), "cc": [], "tag": [{"type": "Mention", "href": each, "name": "@x"} for each in named],
        }  # fmt: skip
        create = {"id": f"{uri}/create", "type": "Create", "actor": by, "object": body}
        headers = {"base": "https://molino.test", "signer": by}
        take_in(house, [Raw(uri, json.dumps(create).encode(), headers)])
        return Message.objects.select_related("conversation", "identity").get(native_id=uri)

    return say


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
    awaited = f"{CARLA}/notes/{next(_numbers) + 2}"
    private = says(SECRET, anna.uri, answering=awaited)

    asked = says("Dov'è?", PUBLIC, brand.uri)

    assert asked.native_id == awaited
    assert not asked.conversation.direct
    assert sees(world.bruno, asked.conversation)
    assert not sees(world.bruno, private.conversation)


def test_an_answer_in_private_leaves_the_open_thread_and_answers_it(says, brand, world: World):
    asked = says("Dov'è il mio pacco?", PUBLIC, brand.uri)
    open_ = asked.conversation

    [private] = answer(open_, [SECRET], by=world.anna, audience="direct")
    Delivery.objects.update(state="sent", native_id=private.native_id, sent_at=private.written_at)
    from corale.conversations.actions.answering import settle

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


def test_every_door_is_closed_to_others(says, anna, brand, world: World, client: Client):
    """Every address there is, with everything that stands there, in every place of it that takes a number."""
    private = says(f"{SECRET} {WORD}", anna.uri)
    says("Buongiorno", PUBLIC, brand.uri)
    [answered] = answer(private.conversation, [f"{SECRET} anche questo"], by=world.anna)
    theme = begin_theme("Pacchi", by=world.elena)
    gather([private], theme, by=world.anna)
    decision = decide(theme, kind="yes", title="Sì", reason="Perché", by=world.elena, decided_by=world.elena,
                      evidence=[private], due_on=None)  # fmt: skip
    index_all()
    things = [private.conversation_id, private.pk, answered.pk, theme.pk, decision.pk,
              Identity.objects.get(stable_id=CARLA).person_id]  # fmt: skip
    client.force_login(world.bruno.user)

    seen = [path for path in every_path(things) if SECRET in looked_at(client, path)]

    assert seen == []


def test_whom_it_was_said_to_finds_it_everywhere(says, anna, world: World, client: Client):
    private = says(f"{SECRET} {WORD}", anna.uri)
    index_all()
    client.force_login(world.anna.user)

    for path in (f"/desk/c/{private.conversation_id}/", "/desk/", f"/search/?q={WORD}"):
        assert SECRET in looked_at(client, path)


def test_a_theme_keeps_its_place_and_not_its_words(says, anna, world: World, client: Client):
    theme = begin_theme("Pacchi", by=world.elena)
    gather([says(SECRET, anna.uri)], theme, by=world.anna)
    client.force_login(world.bruno.user)

    page = looked_at(client, f"/improve/themes/{theme.pk}/")

    assert "Said in private." in page
    assert SECRET not in page


def every_path(things: list[int]) -> Iterator[str]:
    names = ["molino", "anna"]
    for pattern in patterns(get_resolver()):
        places = re.findall(r"<(?:(\w+):)?(\w+)>", pattern)
        numbers = [each for each in places if each[0] == "int"]
        for thing, name in itertools.product(
            things if numbers else things[:1], names if len(places) > len(numbers) else names[:1]
        ):
            yield "/" + re.sub(
                r"<(?:(\w+):)?\w+>", lambda it, n=thing, s=name: str(n) if it[1] == "int" else s, pattern
            )
    yield f"/search/?q={WORD}"
    yield f"/desk/?q={WORD}"
    yield from (
        f"/desk/?view={view}" for view in ("mine", "unassigned", "open", "mentions", "waiting", "drafts", "sent")
    )


def patterns(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each, path)
        elif isinstance(each, URLPattern) and not path.startswith("^"):
            yield path


def looked_at(client: Client, path: str) -> str:
    """What a visitor is shown; whatever a page changes is put back."""
    with transaction.atomic():
        answered = client.get(path)
        body = b"".join(answered.streaming_content) if answered.streaming else answered.content
        transaction.set_rollback(True)
    return body.decode("utf-8", "replace")
