"""A correction is kept for good, counts at once for the same words elsewhere, and teaches; adopted only if better."""

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
from corale.listen.actions.correcting import correct
from corale.listen.actions.learning import teach
from corale.listen.models import Correction, Learned, Reading
from corale.listen.readers import current
from corale.listen.reading.labels import INTENTS
from corale.listen.reading.reader import built_in
from corale.listen.shown import shown
from tests.unit.conversations.test_receive import said, who

pytestmark = pytest.mark.django_db
IRONY = "Complimenti, anche oggi consegna perfetta"


@pytest.fixture
def shop() -> Connection:
    return Connection.objects.create(kind="demo", stable_id="did:demo:molino", handle="molino.test")


def message(native_id: str) -> Message:
    return Message.objects.get(native_id=native_id)


def test_a_correction_counts_at_once_for_the_same_words_elsewhere(shop: Connection, world: World) -> None:
    take_in(shop, [said("a", IRONY), said("b", f"RT @carla: {IRONY.upper()}!!", 1, by=who("dora"))])
    read_all()

    correct(message("a"), sentiment="negative", intents=["complaint"], by=world.anna)

    other = shown([message("b")])[message("b").pk]
    assert other.sentiment == "negative"
    assert other.intents == ["complaint"]
    assert not other.is_unsure


def test_what_was_said_of_a_private_message_stays_there(shop: Connection, world: World) -> None:
    take_in(shop, [said("a", IRONY), said("b", IRONY, 1, by=who("dora"))])
    read_all()
    Conversation.objects.filter(pk=message("a").conversation_id).update(direct=True)

    correct(message("a"), sentiment="negative", intents=[], by=world.anna)

    assert shown([message("b")])[message("b").pk].correction is None


def test_a_correction_stands_as_it_was_said_beside_what_was_read(shop: Connection, world: World) -> None:
    take_in(shop, [said("a", IRONY)])
    read_all()
    first = correct(message("a"), sentiment="negative", intents=[], by=world.anna)

    correct(message("a"), sentiment="neutral", intents=[], by=world.bruno)

    assert Correction.objects.count() == 2
    assert first.read["chances"] == Reading.objects.get(message=message("a")).chances
    with pytest.raises(ValueError, match="stands as it was said"):
        first.save()


def test_what_cannot_be_said_is_not_noted(shop: Connection, world: World) -> None:
    take_in(shop, [said("a", IRONY)])

    with pytest.raises(ValueError, match="nothing that can be read"):
        correct(message("a"), sentiment="sarcastic", intents=[], by=world.anna)


def test_words_that_changed_are_not_shown_as_read(shop: Connection) -> None:
    take_in(shop, [said("a", IRONY)])
    read_all()
    take_in(shop, [said("a", "Altro", version="2")])

    assert shown([message("a")]) == {}


def test_a_page_of_messages_costs_two_queries(shop: Connection) -> None:
    take_in(shop, [said(f"m{number}", f"Quando aprite? {number}", number) for number in range(20)])
    read_all()
    messages = list(Message.objects.all())

    with CaptureQueriesContext(database) as queries:
        assert len(shown(messages)) == 20

    assert len(queries) == 2


def test_the_desk_shows_a_reading_and_takes_a_correction(shop: Connection, world: World, client: Client) -> None:
    take_in(shop, [said("a", "Il pacco è arrivato rotto, vergogna")])
    read_all()
    client.force_login(world.anna.user)
    place = reverse("respond:conversation", args=[message("a").conversation_id])
    assert "Complaint" in client.get(place, headers={"accept-language": "en"}).content.decode()

    answer = client.post(
        reverse("listen:correction", args=[message("a").pk]),
        {"sentiment": "neutral", "intent": ["idea"], "next": place},
    )

    assert answer["Location"] == place
    assert Correction.objects.get().said == {"sentiment": "neutral", "intents": ["idea"]}
    assert "said so, of these very words" in client.get(place, headers={"accept-language": "en"}).content.decode()


def test_what_was_said_in_private_is_corrected_only_by_those_it_concerns(
    shop: Connection, world: World, client: Client
) -> None:
    take_in(shop, [said("a", IRONY)])
    Conversation.objects.filter(pk=message("a").conversation_id).update(direct=True, assignee=world.anna)
    client.force_login(world.bruno.user)

    answer = client.post(reverse("listen:correction", args=[message("a").pk]), {"sentiment": "neutral"})

    assert answer.status_code == 404
    assert not Correction.objects.exists()


def test_what_corrections_teach_is_adopted_because_it_is_better_and_reads_everything_again(
    shop: Connection, world: World
) -> None:
    take_in(shop, [said(f"m{number}", f"Zurliamo il pacco {number} volte bislacco", number) for number in range(30)])
    read_all()
    for each in Message.objects.order_by("pk"):
        Correction.objects.create(
            message=each, near=each.pk, by=world.anna, read={"language": "it"},
            said={"sentiment": "positive", "intents": ["praise"]},
        )  # fmt: skip

    learned = teach()

    assert learned is not None and learned.adopted
    assert learned.figures["after"]["right"] > learned.figures["before"]["right"]
    assert current().version == learned.version
    read_all()
    assert set(Reading.objects.values_list("version", flat=True)) == {learned.version}
    assert all(each.chances["positive"] > 60 for each in Reading.objects.all())


def test_what_is_not_better_is_kept_and_not_adopted(shop: Connection, world: World) -> None:
    """Colleagues who agree with the model teach it nothing that it did not know."""
    take_in(shop, [said(f"m{number}", f"Grazie mille, gentilissimi {number}", number) for number in range(30)])
    for each in Message.objects.order_by("pk"):
        read = built_in().read([each.text])[0].chances
        agreed = {"sentiment": "positive", "intents": [name for name in INTENTS if read[name] >= 0.5]}
        Correction.objects.create(message=each, near=each.pk, by=world.anna, read={"language": "it"}, said=agreed)

    learned = teach()

    assert learned is not None and not learned.adopted
    assert current().version == learned.base


def test_a_handful_of_corrections_teaches_nothing(shop: Connection, world: World) -> None:
    take_in(shop, [said("a", IRONY)])
    correct(message("a"), sentiment="negative", intents=[], by=world.anna)

    assert teach() is None
    assert not Learned.objects.exists()
