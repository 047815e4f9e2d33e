"""Envelopes become conversations: once, in any order, whatever they contain."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from corale.channels.actions.keep import keep
from corale.channels.contract import Raw
from corale.channels.models import Connection, Envelope
from corale.conversations.actions.receive import take_in, understand
from corale.conversations.models import Conversation, Interaction, Message, MessageVersion
from corale.ledger.models import Fact
from corale.people.models import Identity, IdentityName

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def shop() -> Connection:
    return Connection.objects.create(kind="demo", stable_id="did:demo:molino", handle="molino.test", demo=True)


def who(name: str = "carla", **more: str) -> dict[str, str]:
    return {"id": f"did:demo:{name}", "handle": f"{name}.test", "name": name.title(), **more}


def said(native_id: str, text: str = "Ciao", minutes: int = 0, **more: Any) -> Raw:
    thing = {
        "type": "said", "id": native_id, "by": who(), "text": text, "to_us": True,
        "at": (NOON + timedelta(minutes=minutes)).isoformat(), **more,
    }  # fmt: skip
    return raw(thing, minutes)


def raw(thing: dict[str, Any], minutes: int = 0) -> Raw:
    body = json.dumps(thing).encode()
    return Raw(key=f"{thing.get('id')}#{thing.get('version', '1')}#{thing['type']}", body=body,
               received_at=NOON + timedelta(minutes=minutes))  # fmt: skip


def test_somebody_who_speaks_to_us_begins_a_conversation(shop: Connection) -> None:
    take_in(shop, [said("a", "La macchina perde acqua")])

    conversation = Conversation.objects.get()
    assert conversation.state == "open"
    assert conversation.person.name == "Carla"
    assert conversation.waiting_since == NOON
    assert conversation.preview == conversation.subject == "La macchina perde acqua"
    assert list(Fact.objects.values_list("kind", "message_id")) == [
        ("message.received", conversation.messages.get().pk)
    ]


def test_what_arrives_twice_is_kept_once(shop: Connection) -> None:
    first = take_in(shop, [said("a"), said("a")])
    second = take_in(shop, [said("a")])

    assert (first.kept, second.kept, second.known) == (1, 0, 1)
    assert Envelope.objects.count() == Message.objects.count() == 1


def test_kept_first_and_understood_later_is_the_same_record(shop: Connection) -> None:
    keep(shop, [said("a"), said("b", parent="a", root="a", minutes=1)])
    assert Message.objects.count() == 0

    understand(shop)
    understand(shop)

    assert Conversation.objects.get().message_count == 2
    assert set(Envelope.objects.values_list("state", flat=True)) == {Envelope.State.UNDERSTOOD}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_thread_is_one_conversation_in_whatever_order_it_arrives(shop: Connection, order: tuple[int, ...]) -> None:
    thread = [
        said("a", "uno"),
        said("b", "due", 1, parent="a", root="a"),
        said("c", "tre", 2, parent="b", root="a"),
    ]
    for place in order:
        take_in(shop, [thread[place]])

    conversation = Conversation.objects.get()
    shown = conversation.messages.order_by("written_at", "id")
    assert [message.text for message in shown] == ["uno", "due", "tre"]
    assert not conversation.messages.filter(state=Message.State.PLACEHOLDER).exists()
    assert conversation.message_count == 3


def test_a_parent_that_nobody_has_seen_stands_as_a_placeholder(shop: Connection) -> None:
    take_in(shop, [said("b", parent="a", root="a")])

    placeholder = Message.objects.get(native_id="a")
    assert placeholder.state == Message.State.PLACEHOLDER
    assert placeholder.conversation == Conversation.objects.get()


def test_an_edit_keeps_both_versions(shop: Connection) -> None:
    take_in(shop, [said("a", "Prima", version="1")])
    take_in(shop, [said("a", "Dopo", 5, version="2")])

    message = Message.objects.get()
    assert (message.text, message.state) == ("Dopo", Message.State.EDITED)
    assert set(MessageVersion.objects.values_list("text", flat=True)) == {"Prima", "Dopo"}


def test_what_was_deleted_there_stays_here_as_a_tombstone(shop: Connection) -> None:
    take_in(shop, [said("a", "Che delusione")])
    gone = raw({"type": "gone", "id": "a", "how": "deleted"}, 3)
    take_in(shop, [gone])

    message = Message.objects.get()
    assert (message.state, message.text) == (Message.State.DELETED, "Che delusione")
    assert Fact.objects.filter(kind="message.deleted", message_id=message.pk).count() == 1


def test_a_new_handle_is_the_same_person_and_the_old_one_is_remembered(shop: Connection) -> None:
    take_in(shop, [said("a")])
    take_in(shop, [said("b", minutes=5, by=who(handle="carla.bianchi.test"))])

    identity = Identity.objects.get()
    assert identity.handle == "carla.bianchi.test"
    assert list(IdentityName.objects.order_by("since").values_list("handle", flat=True)) == [
        "carla.test",
        "carla.bianchi.test",
    ]
    assert Conversation.objects.values_list("person", flat=True).distinct().count() == 1


def test_their_answer_opens_what_was_closed(shop: Connection) -> None:
    take_in(shop, [said("a")])
    Conversation.objects.update(state="closed", state_at=NOON)
    take_in(shop, [said("b", minutes=60, parent="a", root="a")])

    assert Conversation.objects.get().state == "open"
    assert Fact.objects.filter(kind="conversation.reopened").count() == 1


def test_long_after_closing_a_new_conversation_begins_and_names_the_old_one(shop: Connection) -> None:
    take_in(shop, [said("a")])
    Conversation.objects.update(state="closed", state_at=NOON)
    take_in(shop, [said("b", minutes=60 * 24 * 40, parent="a", root="a")])

    old, new = Conversation.objects.order_by("id")
    assert (old.state, new.state, new.continues) == ("closed", "open", old)


def test_our_own_answer_elsewhere_answers_what_was_said_before_it(shop: Connection) -> None:
    ours = {"id": "did:demo:molino", "handle": "molino.test", "name": "Molino"}
    take_in(shop, [said("a"), said("b", "Eccoci", 30, parent="a", root="a", by=ours, ours=True, to_us=False)])

    conversation = Conversation.objects.get()
    assert (conversation.state, conversation.waiting_since) == ("waiting", None)
    assert Message.objects.get(native_id="a").answered_at == NOON + timedelta(minutes=30)
    assert Fact.objects.get(kind="message.answered").message_id == Message.objects.get(native_id="a").pk


def test_a_like_is_an_edge_and_taking_it_back_leaves_the_row(shop: Connection) -> None:
    take_in(shop, [said("a")])
    like = {"type": "reacted", "id": "l", "kind": "like", "by": who("dora"), "target": "a", "at": NOON.isoformat()}
    take_in(shop, [raw(like), raw(like)])
    take_in(shop, [raw({"type": "unreacted", "id": "l"}, 9)])

    edge = Interaction.objects.get()
    assert (edge.kind, edge.undone_at) == ("like", NOON + timedelta(minutes=9))


def test_talk_among_others_that_nobody_addresses_to_us_is_not_a_conversation(shop: Connection) -> None:
    take_in(shop, [said("a", to_us=False)])

    assert not Conversation.objects.exists()
    assert Envelope.objects.count() == 1


def test_what_cannot_be_understood_is_kept_and_says_why(shop: Connection) -> None:
    taken = take_in(shop, [Raw("x", b"\xff\xfe not json", received_at=NOON), said("a")])

    assert (taken.unreadable, taken.messages) == (1, 1)
    envelope = Envelope.objects.get(state=Envelope.State.UNREADABLE)
    assert bytes(envelope.body) == b"\xff\xfe not json"
    assert envelope.problem


@pytest.mark.parametrize(
    "text",
    [
        "\x00nul",
        "\ud800 half",
        "\u202eover\u202c",
        "<script>alert(1)</script>",
        "è" * 10_000_000,
        "👩\u200d👩" * 1000,
        "",
    ],
    ids=["nul", "surrogate", "bidi", "script", "ten million", "family", "empty"],
)
def test_hostile_words_are_kept_and_harm_nothing(shop: Connection, text: str) -> None:
    take_in(shop, [said("a", text), said("b", "e poi?", 1)])

    assert Message.objects.count() == 2
    message = Message.objects.get(native_id="a")
    assert len(message.text) <= 100_000
    assert json.loads(bytes(Envelope.objects.get(native_key__startswith="a#").body))["text"] == text


def test_a_clock_that_is_ahead_does_not_put_words_above_later_ones(shop: Connection) -> None:
    ahead = said("a", "dal futuro", at=(NOON + timedelta(days=400)).isoformat())
    take_in(shop, [ahead, said("b", "dopo", 1, parent="a", root="a")])

    shown = Message.objects.order_by("written_at", "id").values_list("native_id", flat=True)
    assert list(shown) == ["a", "b"]
    assert Message.objects.get(native_id="a").extras["claimed_at"].startswith("2027")


def test_a_circle_of_parents_is_one_conversation(shop: Connection) -> None:
    take_in(shop, [said("a", parent="b"), said("b", minutes=1, parent="a")])

    assert Message.objects.count() == 2


def test_a_batch_costs_the_same_statements_whatever_its_size(
    shop: Connection, django_assert_max_num_queries: Any
) -> None:
    few = [said(f"few{number}") for number in range(2)]
    many = [said(f"many{number}", minutes=number) for number in range(400)]
    take_in(shop, few)
    with django_assert_max_num_queries(30):
        take_in(shop, many)
    assert Message.objects.count() == 402
