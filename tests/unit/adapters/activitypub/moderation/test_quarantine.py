"""First words of suspicious senders wait until a coordinator has looked; those of everybody else do not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from corale.adapters.activitypub import shunning
from corale.adapters.activitypub.models import Following, Server
from corale.adapters.activitypub.rules import Rule, decide
from corale.conversations.actions.answering import answer
from corale.conversations.actions.receive import understand
from corale.conversations.models import Conversation, Message
from corale.ledger.models import Fact
from corale.respond.trays import TRAYS

pytestmark = pytest.mark.django_db
LINK = 'Buy <a href="https://shop.test">here</a>'
OLD = {"published": "2020-01-01T00:00:00Z", "summary": "I bake.", "icon": {"url": "https://peer.test/a.png"}}
YOUNG = OLD | {"published": (datetime.now(UTC) - timedelta(hours=2)).isoformat()}
EMPTY = {"published": "2020-01-01T00:00:00Z"}


@pytest.fixture
def writes(house, brand):
    """Somebody with a profile writes to the company; the conversation it becomes part of."""

    def write(sender, text="Ciao", about=None, **more) -> Conversation:
        if about is not None:
            sender.remote.document = about
            sender.remote.save()
        tag = [{"type": "Mention", "href": brand.uri}, *more.pop("tag", [])]
        note = sender.note(text, cc=[brand.uri], tag=tag, **more)
        sender.does("Create", note)
        understand(house)
        return Message.objects.get(native_id=note["id"]).conversation

    return write


def crowd(number: int) -> list[dict[str, str]]:
    return [{"type": "Mention", "href": f"https://peer.test/users/p{n}"} for n in range(number)]


@pytest.mark.parametrize(("about", "text", "tag"), [(YOUNG, LINK, []), (EMPTY, LINK, []), (YOUNG, "Hello", crowd(5))])
def test_a_newcomer_with_a_link_or_a_crowd_waits_and_one_reads_why(franca, writes, carla, world, about, text, tag):
    held = writes(carla, text, about, tag=tag)
    page = franca.get(f"/desk/c/{held.pk}/?view=quarantine").content.decode()

    assert held.state == "quarantine"
    assert not TRAYS["open"].rows(world.anna).filter(state="open", pk=held.pk).exists()
    assert "younger than a day" in page and "Let in" in page and "Keep out" in page


@pytest.mark.parametrize(("about", "text"), [(OLD, LINK), (YOUNG, "Is the bakery open?"), (EMPTY, "Hello")])
def test_an_honest_stranger_does_not_wait(writes, carla, about, text):
    assert writes(carla, text, about).state == "open"


def test_a_limited_server_waits_but_for_whom_we_follow_or_know(writes, person, brand, world):
    ada, bea, dan = (person(name, "loud.test") for name in ("ada", "bea", "dan"))
    Following.objects.create(actor=brand, remote=bea.remote, uri="https://molino.test/1", state="accepted")
    assert writes(dan, "From before", OLD).state == "open"
    decide("loud.test", Rule(stance=Server.Stance.LIMITED), by_id=world.franca.pk)

    assert [writes(each, "Ciao", OLD).state for each in (ada, bea, dan)] == ["quarantine", "open", "open"]


def test_a_coordinator_lets_it_in_and_then_they_are_known(franca, writes, carla, client):
    held = writes(carla, LINK, YOUNG)
    franca.post(f"/desk/c/{held.pk}/quarantine/", {"do": "in"})
    held.refresh_from_db()

    assert held.state == "open" and held.waiting_since
    assert writes(carla, LINK).state == "open"
    assert Fact.objects.filter(kind="conversation.let_in", conversation_id=held.pk, auto=False).exists()


def test_or_keeps_it_out_and_takes_that_back(franca, writes, carla):
    held = writes(carla, LINK, YOUNG)
    franca.post(f"/desk/c/{held.pk}/quarantine/", {"do": "out"})
    held.refresh_from_db()
    assert held.state == "spam" and writes(carla, LINK).state == "quarantine"

    key = next(reversed(franca.session["respond_undo"]))
    franca.post(f"/desk/undo/{key}/")
    held.refresh_from_db()
    assert held.state == "quarantine"


def test_a_member_reads_it_and_decides_nothing(client, world, writes, carla):
    held = writes(carla, LINK, YOUNG)
    client.force_login(world.anna.user)
    page = client.get(f"/desk/c/{held.pk}/").content.decode()

    assert "A coordinator decides" in page and "Keep out" not in page
    assert client.post(f"/desk/c/{held.pk}/quarantine/", {"do": "in"}).status_code == 404


@pytest.mark.parametrize("verb", ["spam", "trash", "closure", "waiting"])
def test_a_member_moves_it_by_no_other_verb_either(client, world, writes, carla, verb):
    held = writes(carla, LINK, YOUNG)
    client.force_login(world.anna.user)

    client.post(f"/desk/c/{held.pk}/{verb}/")
    client.post("/desk/bulk/", {"ids": [held.pk], "do": "spam"})
    held.refresh_from_db()

    assert held.state == "quarantine"


def test_somebody_we_know_brings_it_in(writes, carla, person):
    held = writes(carla, LINK, YOUNG)
    root = Message.objects.get(conversation=held).native_id
    writes(person("dan", "other.test"), "Look at this", OLD, inReplyTo=root)
    held.refresh_from_db()

    assert held.state == "open"


def test_what_a_muted_person_writes_brings_nothing_back(writes, carla, brand, world):
    first = writes(carla, "Ciao", OLD)
    answer(first, ["Buongiorno."], by=world.anna)
    first.refresh_from_db()
    before, shown = first.state, first.preview
    shunning.mute(carla.remote, by_id=world.anna.pk)
    root = Message.objects.filter(conversation=first).order_by("id").first().native_id
    writes(carla, "And another thing", inReplyTo=root)
    first.refresh_from_db()

    assert (first.state, first.preview) == (before, shown)
    assert first.messages.filter(text="And another thing").exists()
    assert writes(carla, "Something new").state == "quarantine"

    shunning.end(carla.remote, "mute", by_id=world.anna.pk)
    assert writes(carla, "Once more").state == "open"


def test_of_a_server_without_media_words_come_alone(writes, carla, world):
    picture = {"type": "Image", "mediaType": "image/png", "url": "https://peer.test/a.png"}
    decide("peer.test", Rule(rejects_media=True), by_id=world.franca.pk)
    conversation = writes(carla, "Look", OLD, attachment=[picture])

    assert conversation.messages.get().text == "Look" and not conversation.messages.get().attachments


def test_nor_are_pictures_fetched_that_it_sent_before(writes, carla, world):
    from corale.channels.actions.pictures import NotAPicture, picture_at

    decide("peer.test", Rule(rejects_media=True), by_id=world.franca.pk)
    with pytest.raises(NotAPicture, match="no pictures"):
        picture_at("https://files.peer.test/a.png")
