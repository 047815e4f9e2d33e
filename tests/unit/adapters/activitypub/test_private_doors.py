"""A direct message, looked for at every door by those whom it is not for: colleagues, strangers, other servers."""

from __future__ import annotations

import itertools
import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from corale.adapters.activitypub.models import Dispatch, Follower, Post, RemoteActor, Server
from corale.channels.actions.deliver import deliver
from corale.channels.keys import key_of
from corale.channels.models import Connection, Delivery
from corale.conversations.actions.answering import answer
from corale.conversations.actions.assigning import assign
from corale.conversations.actions.labelling import label, label_named, prioritise
from corale.conversations.actions.noting import note
from corale.conversations.models import Conversation, Label, Message
from corale.demo.world import World
from corale.improve.actions.deciding import decide
from corale.improve.actions.gathering import gather
from corale.improve.actions.theming import begin_theme
from corale.people.models import Identity
from corale.search.index import index_all
from tests.unit.adapters.activitypub.doors import (
    CARLA,
    PUBLIC,
    SECRET,
    WORD,
    every_path,
    filled,
    looked_at,
    patterns,
    saying,
)

pytestmark = pytest.mark.django_db
FILTERS = [
    "is:direct", "is:unread", "is:assigned", "is:answered", "-is:public", "from:carla", "channel:activitypub",
    "label:segreto", "assignee:anna", "priority:urgent", "created:>7d", "active:>7d", "state:open,waiting,closed",
    WORD, f"{WORD} is:direct",
]  # fmt: skip


@pytest.fixture
def says(house: Connection) -> Any:
    return saying(house)


@pytest.fixture
def private(says, anna, brand, world: World) -> Message:
    """What Carla said to Anna alone, and everything that can become of it: an answer, a note, a theme, a decision."""
    asked = says(f"{SECRET} {WORD}", anna.uri)
    says("Buongiorno", PUBLIC, brand.uri)
    it = asked.conversation
    label(it, label_named("segreto"), by=world.anna)
    prioritise(it, 2, by=world.anna)
    assign(it, world.anna, by=world.anna)
    note(it, f"{SECRET} tra noi", by=world.anna)
    theme = begin_theme("Pacchi", by=world.elena)
    gather([asked], theme, by=world.anna)
    decide(theme, kind="yes", title="Sì", reason="Perché", by=world.elena, decided_by=world.elena,
           evidence=[asked], due_on=None)  # fmt: skip
    index_all()
    return asked


@pytest.fixture
def bruno(client: Client, world: World) -> Client:
    """He knows the machines, and nothing of this."""
    client.force_login(world.bruno.user)
    return client


@pytest.fixture
def peer(db: None) -> RemoteActor:
    """Carla, as her server describes her."""
    return somebody(CARLA)


def somebody(uri: str) -> RemoteActor:
    server, _made = Server.objects.get_or_create(host=uri.split("/")[2])
    return RemoteActor.objects.create(key=key_of(uri), uri=uri, server=server, kind="Person", inbox=f"{uri}/inbox")


def leaves(message: Message) -> None:
    Delivery.objects.filter(pk=message.delivery_id).update(next_at=timezone.now() - timedelta(seconds=1))
    deliver(message.delivery_id)


def things(private: Message) -> list[int]:
    """Everything that has a number and to do with it."""
    theme = private.voices.get().theme
    ours = Message.objects.filter(conversation=private.conversation_id).exclude(pk=private.pk)
    person = Identity.objects.get(stable_id=CARLA).person_id
    return [private.conversation_id, private.pk, *ours.values_list("pk", flat=True), theme.pk,
            theme.decisions.get().pk, person]  # fmt: skip


def state_of(message: Message) -> list[Any]:
    it = Conversation.objects.get(pk=message.conversation_id)
    rows = (it.messages, it.labellings, message.voices)
    return [it.version, it.state, it.assignee_id, it.priority, *(each.count() for each in rows)]


def test_every_page_is_closed_to_others(private, bruno: Client, world: World):
    answer(private.conversation, [f"{SECRET} anche questo"], by=world.anna)

    seen = [path for path in every_path(things(private)) if SECRET in looked_at(bruno, path)]

    assert seen == []


def test_whom_it_was_said_to_finds_it_everywhere(private, client: Client, world: World):
    client.force_login(world.anna.user)

    for path in (f"/desk/c/{private.conversation_id}/", "/desk/", f"/search/?q={WORD}", "/desk/?q=is:direct"):
        assert SECRET in looked_at(client, path)


@pytest.mark.parametrize("asked", FILTERS)
def test_no_filter_and_no_search_tells_of_it(private, bruno: Client, asked: str):
    for path in (f"/desk/?q={quote(asked)}", f"/search/?q={quote(asked)}"):
        shown = looked_at(bruno, path)
        assert SECRET not in shown
        assert f"/desk/c/{private.conversation_id}/" not in shown


def test_the_bar_of_what_is_new_does_not_count_it(says, anna, brand, client: Client, world: World):
    says(SECRET, anna.uri)
    says("Buongiorno", PUBLIC, brand.uri)
    shown = []
    for who in (world.bruno, world.anna):
        client.force_login(who.user)
        shown.append(re.search(r"(\d+) new", looked_at(client, "/desk/news/?q=channel:activitypub&since=0"))[1])

    assert shown == ["1", "2"]


def test_it_answers_no_verb(private, bruno: Client):
    """Everything that can be sent to an address with a number in it: those of the conversation and of its message."""
    before, sent = state_of(private), {"body": "Letto", "note": "Letto", "kind": "like", "name": "x", "person": "me"}
    numbered = [each for each in patterns() if each.count("<int:") == each.count("<") == 1]

    for pattern, thing in itertools.product(numbered, (private.conversation_id, private.pk)):
        answered = bruno.post("/" + filled(pattern, [thing]), sent)
        assert SECRET not in answered.content.decode("utf-8", "replace")
        bruno.delete("/" + filled(pattern, [thing]))

    assert state_of(private) == before
    assert len(numbered) > 20


@pytest.mark.parametrize("do", ["close", "spam", "trash", "label", "assign", "priority"])
def test_what_is_done_to_many_at_once_passes_it_by(private, bruno: Client, do: str):
    before = state_of(private)
    more = {
        "label": {"label_id": str(Label.objects.get().pk)},
        "assign": {"assign": "me"},
        "priority": {"priority": "1"},
    }

    bruno.post("/desk/bulk/", {"ids": [private.conversation_id], **more.get(do, {"do": do})})

    assert state_of(private) == before


def test_what_a_coordinator_can_undo_nobody_else_can(private, client: Client, world: World):
    client.force_login(world.elena.user)
    client.post(f"/desk/c/{private.conversation_id}/closure/")
    offers = set(re.findall(r'action="(/desk/undo/[^"?]+)', client.get("/desk/").content.decode()))
    client.force_login(world.bruno.user)

    for offer in offers:
        client.post(offer)

    assert len(offers) == 1
    assert Conversation.objects.get(pk=private.conversation_id).state == "closed"


def test_whoever_quotes_it_in_public_does_not_bring_it_out(private, says, brand, bruno: Client):
    public = says("Guardate", PUBLIC, brand.uri)
    Message.objects.filter(pk=public.pk).update(extras={"quotes": private.native_id})

    assert SECRET not in looked_at(bruno, f"/desk/c/{public.conversation_id}/")


def test_a_coordinator_hands_it_out_with_everything_of_that_person_and_nobody_else_does(
    private, client: Client, world: World
):
    export = f"/people/{Identity.objects.get(stable_id=CARLA).person_id}/export/"
    client.force_login(world.elena.user)
    hers = looked_at(client, export)
    client.force_login(world.bruno.user)

    assert SECRET in hers
    assert client.get(export).status_code == 404


def test_strangers_find_it_at_no_door(private, peer, client: Client, world: World):
    """Pages, feeds, previews, collections and objects, as a browser and as a server ask for them."""
    [answered] = answer(private.conversation, [f"{SECRET} anche questo"], by=world.anna)
    leaves(answered)
    post = Post.objects.get(audience="direct")
    names = ("molino", "anna", post.number)
    more = [f"/oembed?url={quote(post.uri)}", f"/.well-known/webfinger?resource={quote(post.uri)}",
            "/actors/anna/outbox?page=1", f"/authorize_interaction?uri={quote(post.uri)}"]  # fmt: skip

    seen = [
        (path, accept)
        for path in [*every_path(things(private)[:2], names), *more]
        for accept in ("text/html", "application/activity+json")
        if SECRET in looked_at(client, path, accept)
    ]

    assert seen == []


def test_on_the_wire_it_goes_to_nobody_but_whom_it_is_for(private, peer, anna, world: World):
    eva = somebody("https://follower.test/users/eva")
    Follower.objects.create(actor=anna, remote=eva, uri=f"{eva.uri}/follows/1", state="accepted")
    [answered] = answer(private.conversation, [f"{SECRET} anche questo"], by=world.anna)

    leaves(answered)

    assert [each.inbox for each in Dispatch.objects.all()] == [peer.inbox]
