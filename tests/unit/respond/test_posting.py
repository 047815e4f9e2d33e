"""A new post: as whom, to whom, with what; taken back, changed and deleted."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from corale.adapters.activitypub import own
from corale.adapters.activitypub.models import Actor, Post
from corale.channels.actions.deliver import deliver
from corale.channels.models import Connection, Delivery
from corale.conversations.models import Conversation, Message
from corale.demo.world import World

pytestmark = pytest.mark.django_db
NEW = "/desk/post/"


@pytest.fixture
def house(settings, world: World) -> Connection:
    """Molino is on the fediverse, and Anna has a profile there."""
    settings.CORALE_URL = "https://molino.test"
    made = own.enable(name="molino", display_name="Molino", language="it")
    own.make_actor(Actor.Kind.PERSON, "anna", world.anna)
    Connection.objects.exclude(pk=made.pk).update(state="paused")
    return made


@pytest.fixture
def anna(world: World, house: Connection, client: Client) -> Client:
    client.force_login(world.anna.user)
    return client


def send(client: Client, text: str = "Il mulino apre alle nove.", **more: Any) -> Any:
    return client.post(NEW, {"text": text, "send": "yes", "audience": "public", "language": "it", **more})


def leaves() -> None:
    """Fifteen seconds go by."""
    for delivery in Delivery.objects.filter(state__in=["held", "waiting"]):
        Delivery.objects.filter(pk=delivery.pk).update(next_at=timezone.now() - timedelta(seconds=1))
        deliver(delivery.pk)


def test_it_is_said_in_ones_own_name_to_whom_one_chose(anna, world: World):
    answered = send(anna, audience="unlisted", warning="Orari")
    leaves()

    post, message = Post.objects.get(), Message.objects.get(kind="post")
    assert answered["Location"] == f"/desk/c/{message.conversation_id}/#m{message.pk}"
    assert (post.actor.person, post.audience, post.document["summary"]) == (world.anna, "unlisted", "Orari")
    assert "nove" in post.document["content"]
    assert (message.native_id, message.delivery.state) == (post.uri, "sent")
    assert Conversation.objects.get(pk=message.conversation_id).state == "closed"


def test_who_has_no_profile_speaks_through_the_company(client: Client, world: World, house: Connection):
    client.force_login(world.bruno.user)

    page = client.get(NEW).content.decode()
    send(client)
    leaves()

    assert "through molino@molino.test" in page
    assert Post.objects.get().actor.kind == Actor.Kind.BRAND


def test_the_page_says_as_whom_before_anything_is_sent(anna):
    assert "@anna@molino.test" in anna.get(NEW).content.decode()


def test_it_can_be_looked_at_first_and_nothing_leaves(anna):
    page = anna.post(NEW, {"text": "Prova https://molino.test", "show": "yes", "audience": "followers"})

    assert "As it will be" in page.content.decode()
    assert 'href="https://molino.test"' in page.content.decode()
    assert not Delivery.objects.exists()


def test_the_same_page_sent_twice_says_it_once(anna):
    key = re.search(r'name="key" value="([^"]+)"', anna.get(NEW).content.decode())[1]

    send(anna, key=key)
    send(anna, key=key)

    assert Delivery.objects.count() == Message.objects.filter(kind="post").count() == 1


def test_it_can_be_taken_back_and_everything_is_still_there(anna, house: Connection):
    Connection.objects.exclude(pk=house.pk).update(state="active")  # it goes back to where it came from
    send(anna, "Un errore", warning="Attenzione", audience="followers", account=house.pk)
    offer = re.search(r'action="(/desk/undo/[^"]+)"', anna.get("/desk/").content.decode())[1]

    back = anna.post(offer)
    page = anna.get(back["Location"]).content.decode()

    assert not Message.objects.filter(kind="post").exists()
    assert not Conversation.objects.filter(subject="Un errore").exists()
    assert Delivery.objects.get().state == "cancelled"
    assert all(word in page for word in ("Un errore", "Attenzione"))
    assert re.search(r'value="followers" checked', page)


def test_a_poll_that_is_taken_back_is_asked_anew_with_all_that_it_had(anna, house: Connection):
    send(anna, "Quale?", option=["Segale", "Farro"], days="7", several="yes", account=house.pk)
    offer = re.search(r'action="(/desk/undo/[^"]+)"', anna.get("/desk/").content.decode())[1]

    page = anna.get(anna.post(offer)["Location"]).content.decode()

    assert all(f'value="{option}"' in page for option in ("Segale", "Farro"))
    assert re.search(r'<option value="7" selected', page)
    assert re.search(r'name="several" value="yes" checked', page)


def picture() -> io.BytesIO:
    drawn = io.BytesIO()
    Image.new("RGB", (9, 7), "green").save(drawn, "PNG")
    drawn.seek(0)
    drawn.name = "mulino.png"
    return drawn


def test_a_picture_needs_words_and_goes_along_with_them(anna):
    page = anna.post(NEW, {"text": "Guarda", "add": "yes", "picture": picture()}).content.decode()
    token = re.search(r'name="pictures" value="([^"]+)"', page)[1]
    field = re.search(r'name="(alt_\d+)"', page)[1]

    without = send(anna, "Guarda", pictures=token)
    send(anna, "Guarda", pictures=token, **{field: "Il mulino all'alba"})
    leaves()

    assert without.status_code == 422
    assert anna.get(f"/desk/post/picture/{token}/").status_code == 200
    assert Post.objects.get().document["attachment"][0]["name"] == "Il mulino all'alba"


def test_nobody_sends_the_picture_of_somebody_else(anna, client, world: World):
    page = anna.post(NEW, {"text": "Guarda", "add": "yes", "picture": picture()}).content.decode()
    token = re.search(r'name="pictures" value="([^"]+)"', page)[1]
    client.force_login(world.bruno.user)

    send(client, "Mia", pictures=token)

    assert client.get(f"/desk/post/picture/{token}/").status_code == 404
    assert Message.objects.get(kind="post").attachments == []


def test_a_poll_has_answers_to_choose_from(anna):
    one = send(anna, "Quale?", option=["Segale", ""])
    send(anna, "Quale?", option=["Segale", "Farro", ""], days="3", several="yes")
    leaves()

    post = Post.objects.get()
    assert one.status_code == 422
    assert (post.kind, [each["name"] for each in post.document["anyOf"]]) == ("Question", ["Segale", "Farro"])
    assert timedelta(days=2.9) < post.closes_at - timezone.now() <= timedelta(days=3)


@pytest.mark.parametrize(("text", "says"), [("", "Write something first."), ("è" * 5001, "too long")])
def test_what_does_not_go_is_said_and_nothing_is_lost(anna, text, says):
    answered = send(anna, text)

    assert answered.status_code == 422
    assert says in answered.content.decode()
    assert text in answered.content.decode()
    assert not Delivery.objects.exists()


def test_direct_to_nobody_does_not_leave(anna):
    answered = send(anna, "Solo per te", audience="direct")
    send(anna, "Solo per te, @carla@peer.test", audience="direct")

    assert answered.status_code == 422
    assert Conversation.objects.get(messages__kind="post").direct


def test_where_nothing_can_be_said_the_page_says_so(client: Client, world: World):
    Connection.objects.update(state="paused")
    client.force_login(world.anna.user)

    assert "Nowhere to say it yet" in client.get(NEW).content.decode()


def test_a_channel_that_knows_no_audiences_offers_none(client: Client, world: World):
    client.force_login(world.anna.user)

    page = client.get(NEW).content.decode()
    send(client, "Pane fresco.")
    leaves()

    assert 'name="audience"' not in page
    assert 'name="option"' not in page
    assert Message.objects.get(kind="post").delivery.state == "sent"


def said(anna: Client) -> Message:
    send(anna)
    leaves()
    return Message.objects.get(kind="post")


def test_ones_own_words_can_be_changed_and_what_they_were_stays_readable(anna):
    message = said(anna)

    answered = anna.post(f"/desk/m/{message.pk}/edit/", {"text": "Il mulino apre alle dieci.", "warning": ""})
    leaves()

    message.refresh_from_db()
    assert answered["Location"].endswith(f"#m{message.pk}")
    assert (message.text, message.state) == ("Il mulino apre alle dieci.", Message.State.EDITED)
    assert next(each.text for each in message.versions.order_by("seen_at")) == "Il mulino apre alle nove."
    assert "dieci" in Post.objects.get().document["content"]
    assert message.version == Post.objects.get().version


def test_ones_own_words_can_be_deleted_everywhere(anna):
    message = said(anna)

    anna.post(f"/desk/m/{message.pk}/deletion/")
    leaves()

    message.refresh_from_db()
    assert message.state == Message.State.DELETED
    assert Post.objects.get().deleted_at is not None


def test_nobody_changes_the_words_of_somebody_else(anna, client, world: World):
    message = said(anna)
    client.force_login(world.elena.user)

    answers = [client.get(f"/desk/m/{message.pk}/edit/"), client.post(f"/desk/m/{message.pk}/deletion/")]

    assert [each.status_code for each in answers] == [404, 404]
    page = client.get(f"/desk/c/{message.conversation_id}/").content.decode()
    assert f"/desk/m/{message.pk}/edit/" not in page


def test_a_change_that_did_not_arrive_says_so_where_it_stands(anna):
    message = said(anna)
    anna.post(f"/desk/m/{message.pk}/edit/", {"text": "Altro", "warning": ""})
    Actor.objects.filter(name="anna").update(state="paused")

    leaves()

    page = anna.get(f"/desk/c/{message.conversation_id}/").content.decode()
    assert "The change did not arrive" in page
    assert "nove" in page


def test_whoever_answers_a_post_opens_its_conversation(anna, house: Connection, world: World):
    from django.db import transaction

    from corale.channels.contract import Said, Who
    from corale.conversations.actions.receive import work_in
    from corale.conversations.arrivals.batch import Arrival

    message = said(anna)
    reply = Said(
        "https://peer.test/1", "1", Who("activitypub", "https://peer.test/carla", "carla@peer.test", "Carla"),
        "A che ora chiude?", timezone.now(), kind="reply", parent=message.native_id, root=message.native_id,
        addressed=True,
    )  # fmt: skip

    with transaction.atomic():
        work_in(house, [Arrival(reply, timezone.now())])

    answered = Message.objects.get(native_id="https://peer.test/1")
    assert answered.conversation_id == message.conversation_id
    assert (answered.conversation.state, answered.conversation.person.name) == ("open", "Carla")
