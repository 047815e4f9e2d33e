"""Like, repost, follow from the desk: once, visible at once, and taken back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from corale.channels.actions.deliver import deliver
from corale.channels.contract import Can
from corale.channels.errors import Refused
from corale.channels.models import Delivery
from corale.conversations.actions.reacting import react, take_back
from corale.conversations.errors import NotPermitted
from corale.conversations.models import Interaction
from corale.ledger.models import Fact
from corale.live.models import LiveEvent
from tests.support.paper import PaperAdapter


@pytest.fixture(autouse=True)
def liked(monkeypatch):
    """The channel knows likes, reposts and follows."""
    monkeypatch.setattr(PaperAdapter, "can", PaperAdapter.can | Can.LIKE | Can.REPOST | Can.FOLLOW)
    PaperAdapter.sent.clear()


@pytest.fixture
def press(desk):
    """Presses the button on a message, or once more with `undo`."""

    def press(message, kind="like", *, undo=False):
        form = {"kind": kind} | ({"_method": "DELETE"} if undo else {})
        return desk.post(reverse("respond:reaction", args=[message.pk]), form)

    return press


def leave():
    for pk in Delivery.objects.due().order_by("pk").values_list("pk", flat=True):
        deliver(pk)


def sent():
    return [(each.kind, each.target.native_id) for each in PaperAdapter.sent]


def page_of(desk, conversation):
    return desk.get(reverse("respond:conversation", args=[conversation.pk])).content.decode()


@pytest.mark.parametrize(("kind", "words"), [("like", "We like this"), ("repost", "We reposted this")])
def test_a_message_is_liked_or_reposted_and_the_thread_says_so(desk, press, says, anna, kind, words):
    conversation = says("Wonderful coffee!")
    message = conversation.messages.get()
    assert words not in page_of(desk, conversation)

    press(message, kind)
    leave()

    assert sent() == [(kind, message.native_id)]
    assert words in page_of(desk, conversation)
    fact = Fact.objects.get(kind="reaction.made")
    assert (fact.by_id, fact.message_id, fact.data["reaction"]) == (anna.pk, message.pk, kind)
    assert fact.person_id == message.identity.person_id


def test_pressing_twice_is_pressing_once(press, says, bruno):
    message = says("Wonderful coffee!").messages.get()

    press(message)
    react(message, "like", by=bruno)
    leave()
    press(message)
    leave()

    assert sent() == [("like", message.native_id)]
    assert Interaction.objects.count() == 1


def test_what_was_done_can_be_taken_back_and_done_again(desk, press, says):
    conversation = says("Wonderful coffee!")
    message = conversation.messages.get()
    press(message)
    leave()
    first = Interaction.objects.get().native_id

    press(message, undo=True)
    press(message, undo=True)
    leave()
    assert "We like this" not in page_of(desk, conversation)
    press(message)
    leave()

    assert sent() == [("like", message.native_id), ("unlike", first), ("like", message.native_id)]
    assert len(set(Interaction.objects.values_list("native_id", flat=True))) == 2
    assert Fact.objects.filter(kind="reaction.taken_back").count() == 1


def test_what_has_not_left_yet_never_leaves(press, says):
    message = says("Wonderful coffee!").messages.get()

    press(message)
    press(message, undo=True)
    leave()

    assert sent() == []
    assert not Fact.objects.filter(kind__startswith="reaction").exists()


def test_somebody_is_followed_back_and_no_longer(desk, says, carla):
    conversation = says("hello")
    Interaction.objects.create(
        connection=conversation.connection, key=7, kind="follow", identity=carla, target_key=1
    )  # fmt: skip
    assert "Follow back" in page_of(desk, conversation)
    address = reverse("respond:following", args=[conversation.pk])

    desk.post(address)
    desk.post(address)
    leave()
    page = page_of(desk, conversation)
    desk.post(address, {"_method": "DELETE"})
    leave()

    assert "We follow them" in page and "Unfollow" in page
    assert [kind for kind, _target in sent()] == ["follow", "unlike"]
    assert sent()[0][1] == carla.stable_id
    assert "Follow back" in page_of(desk, conversation)


def test_a_refusal_is_said_and_it_can_be_tried_again(desk, press, says, monkeypatch):
    conversation = says("Wonderful coffee!")
    message = conversation.messages.get()
    real = PaperAdapter.send

    def refuse(self, connection, outgoing):
        raise Refused("blocked", advice="This person has blocked our account.")

    monkeypatch.setattr(PaperAdapter, "send", refuse)
    press(message)
    leave()
    page = page_of(desk, conversation)
    monkeypatch.setattr(PaperAdapter, "send", real)
    press(message)
    leave()

    assert "The like did not arrive" in page and "This person has blocked our account." in page
    assert "We like this" not in page
    assert "We like this" in page_of(desk, conversation)


def test_what_could_not_be_taken_back_stands_as_before(desk, press, says, monkeypatch):
    conversation = says("Wonderful coffee!")
    message = conversation.messages.get()
    press(message)
    leave()

    def refuse(self, connection, outgoing):
        raise Refused("not now")

    monkeypatch.setattr(PaperAdapter, "send", refuse)
    press(message, undo=True)
    leave()

    assert "We like this" in page_of(desk, conversation)


def test_open_pages_learn_of_it_when_it_is_pressed_and_when_it_has_arrived(press, says):
    conversation = says("Wonderful coffee!")
    LiveEvent.objects.all().delete()

    press(conversation.messages.get())
    leave()

    assert LiveEvent.objects.filter(topic=f"conversation:{conversation.pk}").count() == 2


def test_ours_is_not_counted_among_theirs(desk, press, says, carla):
    conversation = says("Wonderful coffee!")
    message = conversation.messages.get()
    Interaction.objects.create(
        connection=conversation.connection, key=7, kind="like", identity=carla, target_key=message.key
    )  # fmt: skip

    press(message)

    assert "1 likes this" in page_of(desk, conversation)


def test_the_last_message_has_keys_and_stands_in_the_palette(desk, says):
    page = page_of(desk, says("first", "last"))

    assert page.count('data-key="+"') == 1 and page.count('data-key="b"') == 1
    assert 'data-command="Like the last message"' in page
    assert page.index("first") < page.index("last") < page.index('data-key="+"')


def test_what_the_channel_does_not_know_is_not_offered(desk, press, says, monkeypatch):
    monkeypatch.setattr(PaperAdapter, "can", Can.RECEIVE | Can.REPLY)
    conversation = says("hello")

    page = page_of(desk, conversation)
    press(conversation.messages.get())

    assert "Like" not in page and "Follow" not in page
    assert not Delivery.objects.exists()


def test_direct_words_are_never_reposted(desk, press, says):
    conversation = says("for you only", direct=True)

    assert ">Repost<" not in page_of(desk, conversation) and 'data-key="b"' not in page_of(desk, conversation)
    press(conversation.messages.get(), "repost")

    assert not Delivery.objects.exists()


def test_nobody_from_outside_may(says, carla, anna):
    message = says("hello").messages.get()
    made = react(message, "like", by=anna)

    with pytest.raises(NotPermitted):
        react(message, "like", by=carla.person)
    with pytest.raises(NotPermitted):
        take_back(made, message.conversation, by=carla.person)


def test_the_person_may_be_erased_afterwards(says, carla, anna, press):
    from corale.conversations.belongings import forget_messages, forget_reactions

    message = says("hello").messages.get()
    press(message)

    forget_messages(carla.person)
    forget_reactions(carla.person)

    assert Interaction.objects.get().target_native_id == ""


def test_by_scripts_nothing_moves(desk, says):
    message = says("hello").messages.get()

    answer = desk.post(
        reverse("respond:reaction", args=[message.pk]), {"kind": "like"}, headers={"HX-Request": "true"}
    )  # fmt: skip

    assert answer.status_code == 204
    assert "HX-Redirect" not in answer.headers
