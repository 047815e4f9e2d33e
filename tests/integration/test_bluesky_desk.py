"""From the network into the record, and from an answer back to the network: the product's own way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from corale.channels.actions.connections import connect as connect_account
from corale.channels.actions.deliver import deliver
from corale.channels.actions.listen import listen_once, recheck
from corale.channels.models import Connection, Delivery
from corale.conversations.actions.answering import answer
from corale.conversations.actions.rechecking import recheck_open
from corale.conversations.models import Conversation, Interaction, Message
from corale.ledger.models import Fact
from corale.people.models import Identity, Person
from tests.support.atproto.people import eventually

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """What is asked now and then is asked each time."""
    monkeypatch.setattr("corale.adapters.bluesky.listening.OWN_EVERY", 0.0)


@pytest.fixture
def connection(molino):
    """Molino's account, connected as an administrator does it."""
    answers = {"identifier": molino.handle, "password": molino.app_password(), "service": molino.pds}
    return connect_account("bluesky", answers, by_id=1)


@pytest.fixture
def anna():
    """Anna answers."""
    return Person.objects.create(user=get_user_model().objects.create_user("anna@molino.test"), name="Anna Ferri")


def heard(connection, **wanted):
    """The first message like this, once it came."""
    return eventually(lambda: (listen_once(Connection.objects.get()), Message.objects.filter(**wanted).first())[1])


def leaves(messages):
    """Its time has come."""
    for message in messages:
        Delivery.objects.filter(pk=message.delivery_id).update(next_at=timezone.now() - timedelta(seconds=1))
        deliver(message.delivery_id)


def test_a_question_stands_in_the_inbox_with_its_thread_and_its_person(molino, carla, connection):
    carla.profile("Carla ☕")
    ours = molino.says("Nuova macchina ☕")
    first = carla.replies(ours, "È rotta!")
    second = carla.replies(first, "Mi sentite?", root=ours)
    carla.likes(ours)

    message = heard(connection, native_id=second["uri"])
    eventually(lambda: (listen_once(connection), Interaction.objects.filter(kind="like"))[1])

    [conversation] = Conversation.objects.all()
    assert conversation.state == "open"
    assert list(conversation.messages.order_by("written_at", "id").values_list("native_id", flat=True)) == [
        ours["uri"], first["uri"], second["uri"],
    ]  # fmt: skip
    assert message.identity.stable_id == carla.did
    assert conversation.person.identities.get().name == "Carla ☕"
    assert not connection.envelopes.filter(state=2).exists()


def test_an_answer_stands_in_the_thread_and_answers_once(molino, carla, connection, anna):
    asked = carla.mentions(molino, f"Quanto costa, @{molino.handle}?")
    message = heard(connection, native_id=asked["uri"])
    sent = answer(message.conversation, ["Costa 20 €.", f"Ciao @{carla.handle}!"], by=anna, language="it")

    leaves(sent)
    leaves(sent)
    listen_once(connection)

    replies = eventually(lambda: [each for each in _notifications(carla) if each["reason"] in {"reply", "mention"}])
    assert "Costa 20 €." in {each["record"]["text"] for each in replies} | {sent[0].text}
    assert len(molino.ask("com.atproto.repo.listRecords", repo=molino.did,
                          collection="app.bsky.feed.post").json()["records"]) == 2  # fmt: skip
    assert Message.objects.filter(direction=Message.Direction.OUT).count() == 2
    assert Fact.objects.filter(kind="message.answered", message_id=message.pk).count() == 1
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_our_own_words_heard_before_we_know_that_they_were_sent_are_there_once(molino, carla, connection, anna):
    asked = carla.mentions(molino, f"Quanto costa, @{molino.handle}?")
    message = heard(connection, native_id=asked["uri"])
    [sent] = answer(message.conversation, ["Costa 20 €."], by=anna, language="it")
    delivery = sent.delivery
    from corale.channels.outgoing import outgoing_of

    connection.adapter.send(connection, outgoing_of(delivery))  # and then the power went
    eventually(
        lambda: (listen_once(connection), connection.envelopes.filter(native_key__contains=delivery.outside_id))[1]
    )
    leaves([sent])

    delivery.refresh_from_db()
    assert delivery.state == "sent"
    assert Message.objects.filter(direction=Message.Direction.OUT).count() == 1


def test_a_sleeping_account_sleeps_in_the_record_and_wakes_in_it(molino, carla, connection):
    asked = carla.mentions(molino, f"@{molino.handle} ci siete?")
    message = heard(connection, native_id=asked["uri"])
    carla.sleeps()
    eventually(lambda: (recheck(connection, [asked["uri"]]), _state(message) == Message.State.UNREACHABLE)[1])
    asleep = Identity.objects.get(stable_id=carla.did).reachable
    carla.wakes()

    eventually(lambda: (recheck(connection, [asked["uri"]]), _state(message) == Message.State.VISIBLE)[1])

    assert asleep is False
    assert Identity.objects.get(stable_id=carla.did).reachable


def test_a_deletion_leaves_a_tombstone(molino, carla, connection):
    asked = carla.mentions(molino, f"@{molino.handle} ops")
    message = heard(connection, native_id=asked["uri"])
    carla.deletes(asked)

    eventually(lambda: (recheck(connection, [asked["uri"]]), _state(message) == Message.State.DELETED)[1])

    assert Message.objects.get(pk=message.pk).text.endswith("ops")


def test_a_like_taken_back_is_marked_by_the_regular_second_look(molino, carla, connection):
    like = carla.likes(molino.says("Nuova macchina"))
    eventually(lambda: (listen_once(connection), Interaction.objects.filter(native_id=like["uri"]).exists())[1])
    carla.deletes(like)

    eventually(lambda: (recheck_open.func(), Interaction.objects.get().undone_at)[1])

    assert Fact.objects.filter(kind="interaction.undone").count() == 1


def _state(message):
    return Message.objects.get(pk=message.pk).state


def _notifications(somebody):
    return somebody.ask("app.bsky.notification.listNotifications", limit=50).json()["notifications"]
