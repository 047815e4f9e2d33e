"""Answers leave once, can be taken back while they are held, and answer what had been said."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from corale.channels.actions.deliver import deliver
from corale.channels.contract import Sent
from corale.channels.errors import Disconnected, Refused, Unreachable
from corale.channels.models import Connection, Delivery
from corale.conversations.actions.answering import answer, cancel, retry
from corale.conversations.actions.receive import take_in
from corale.conversations.errors import CannotAnswer, TooLate, TooLong
from corale.conversations.models import Conversation, Message
from corale.ledger.models import Fact
from corale.people.models import Person
from tests.unit.conversations.test_receive import said, who

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Connection:
    return Connection.objects.create(kind="demo", stable_id="did:demo:molino", handle="molino.test", demo=True)


@pytest.fixture
def anna() -> Person:
    user = get_user_model().objects.create_user("anna@molino.test", "una lunga parola")
    return Person.objects.create(user=user, name="Anna Ferri")


@pytest.fixture
def asked(shop: Connection) -> Conversation:
    take_in(shop, [said("a", "Quando aprite?"), said("b", "Scusate la fretta", 1, parent="a", root="a")])
    return Conversation.objects.get()


def leave(messages: list[Message]) -> None:
    """Its time has come."""
    for message in messages:
        Delivery.objects.filter(pk=message.delivery_id).update(next_at=timezone.now() - timedelta(seconds=1))
        deliver(message.delivery_id)
        message.refresh_from_db()


def test_an_answer_is_held_then_leaves_and_answers_what_was_seen(asked: Conversation, anna: Person) -> None:
    (message,) = answer(asked, ["Alle otto!"], by=anna, language="it")
    asked.refresh_from_db()
    assert (asked.state, message.delivery.state) == ("waiting", "held")
    assert not Fact.objects.filter(kind="message.answered").exists()

    leave([message])

    asked.refresh_from_db()
    assert message.delivery.state == "sent"
    assert (asked.state, asked.waiting_since) == ("waiting", None)
    facts = Fact.objects.filter(kind="message.answered")
    assert {fact.message_id for fact in facts} == set(asked.messages.filter(direction=0).values_list("pk", flat=True))
    assert {fact.by_id for fact in facts} == {anna.pk}


def test_what_they_said_after_the_answer_was_written_still_waits(
    asked: Conversation, anna: Person, shop: Connection
) -> None:
    (message,) = answer(asked, ["Alle otto!"], by=anna)
    take_in(shop, [said("c", "E domenica?", 3, parent="a", root="a")])
    leave([message])

    asked.refresh_from_db()
    assert asked.state == "open"
    assert asked.waiting_since == Message.objects.get(native_id="c").received_at


def test_answering_one_person_does_not_answer_another(asked: Conversation, anna: Person, shop: Connection) -> None:
    take_in(shop, [said("d", "Anch'io!", 2, parent="a", root="a", by=who("dora"))])
    asked.refresh_from_db()
    leave(answer(asked, ["Alle otto!"], by=anna, reply_to=Message.objects.get(native_id="b")))

    asked.refresh_from_db()
    assert Message.objects.get(native_id="d").answered_at is None
    assert asked.state == "open"


def test_the_same_key_is_the_same_answer(asked: Conversation, anna: Person) -> None:
    key = uuid.uuid4()
    first = answer(asked, ["uno", "due"], by=anna, key=key)
    again = answer(asked, ["uno", "due"], by=anna, key=key)

    assert [message.pk for message in first] == [message.pk for message in again]
    assert Delivery.objects.count() == 2


def test_held_words_can_be_taken_back_and_return_to_the_composer(asked: Conversation, anna: Person) -> None:
    messages = answer(asked, ["uno", "due"], by=anna)
    text = cancel(messages[1], by=anna)
    leave_nothing = [message.delivery_id for message in messages]
    for delivery_id in leave_nothing:
        deliver(delivery_id)

    asked.refresh_from_db()
    assert text == "uno\ndue"
    assert (asked.state, asked.message_count) == ("open", 2)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"cancelled"}


def test_what_has_left_cannot_be_taken_back(asked: Conversation, anna: Person) -> None:
    messages = answer(asked, ["Alle otto!"], by=anna)
    leave(messages)
    with pytest.raises(TooLate):
        cancel(messages[0], by=anna)


def test_parts_leave_in_order(asked: Conversation, anna: Person) -> None:
    first, second = answer(asked, ["uno", "due"], by=anna)
    leave([second])
    assert second.delivery.state == "held"
    leave([first, second])
    assert Message.objects.get(pk=second.pk).delivery.state == "sent"


def test_a_sender_that_dies_after_sending_looks_before_it_says_it_again(
    asked: Conversation, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    (message,) = answer(asked, ["Alle otto!"], by=anna)
    adapter, said_there = asked.connection.adapter, []
    really_send = adapter.send

    def send_and_die(connection: Connection, outgoing: Any) -> Sent:
        said_there.append(really_send(connection, outgoing))
        raise KeyboardInterrupt

    monkeypatch.setattr(type(adapter), "send", lambda self, *args: send_and_die(*args))
    with pytest.raises(KeyboardInterrupt):
        leave([message])
    Delivery.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    deliver(message.delivery_id)

    assert len(said_there) == 1
    assert Delivery.objects.get().state == "sent"


@pytest.mark.parametrize(
    ("error", "state", "conversation"),
    [
        (Refused("too big", advice="Make it shorter."), "failed", "open"),
        (Unreachable("asleep", retry_after=30), "waiting", "waiting"),
        (Disconnected("wrong password", advice="Connect it again."), "waiting", "waiting"),
    ],
)
def test_each_way_to_fail_says_what_to_do(
    asked: Conversation, anna: Person, monkeypatch: pytest.MonkeyPatch, error: Exception, state: str, conversation: str
) -> None:
    (message,) = answer(asked, ["Alle otto!"], by=anna)

    def fail(*_args: Any) -> Sent:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(type(asked.connection.adapter), "send", fail)
        leave([message])

    delivery = Delivery.objects.get()
    asked.refresh_from_db()
    assert (delivery.state, asked.state) == (state, conversation)
    assert delivery.problem == str(error)
    asked.connection.refresh_from_db()
    assert (asked.connection.state == "disconnected") == isinstance(error, Disconnected)


def test_a_failed_answer_can_be_tried_again(asked: Conversation, anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    messages = answer(asked, ["uno", "due"], by=anna)

    def fail(*_args: Any) -> Sent:
        raise Refused("no")

    with monkeypatch.context() as patch:
        patch.setattr(type(asked.connection.adapter), "send", fail)
        leave(messages)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"failed"}

    retry(messages[0], by=anna)
    leave(messages)

    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_too_long_or_empty_changes_nothing(asked: Conversation, anna: Person) -> None:
    with pytest.raises(TooLong) as refused:
        answer(asked, ["è" * 301], by=anna)
    with pytest.raises(CannotAnswer):
        answer(asked, ["  "], by=anna)

    asked.refresh_from_db()
    assert (refused.value.length, refused.value.limit) == (301, 300)
    assert (asked.state, asked.message_count, Delivery.objects.count()) == ("open", 2, 0)
