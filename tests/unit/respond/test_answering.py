"""The composer: what it stops, what it keeps, what it sends."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from corale.channels.contract import Can
from corale.channels.models import Delivery, StoredFile
from corale.conversations.models import Conversation, Mention, Message
from corale.ledger.models import Fact
from corale.live.models import LiveEvent
from corale.respond.models import Draft, Guideline
from tests.support.paper import PaperAdapter


@pytest.fixture
def write(desk):
    """Sends the composer's form as it stands on the page, with some fields filled in."""

    def send(conversation, **said):
        page = desk.get(reverse("respond:conversation", args=[conversation.pk]))
        composer = page.context["composer"]
        form = {
            "kind": "answer", "body": "", "note": "", "language": composer.language, "seen": composer.seen,
            "key": str(composer.key), "after": "send", **said,
        }  # fmt: skip
        return desk.post(reverse("respond:write", args=[conversation.pk]), form)

    return send


def ours():
    return list(Message.objects.filter(direction=Message.Direction.OUT).order_by("id"))


def picture(colour="red") -> SimpleUploadedFile:
    kept = io.BytesIO()
    image = Image.new("RGB", (40, 30), colour)
    exif = image.getexif()
    exif[0x010E] = "secret place"
    image.save(kept, "JPEG", exif=exif)
    return SimpleUploadedFile("photo.jpg", kept.getvalue(), "image/jpeg")


def test_an_answer_is_held_for_a_while_under_the_name_of_who_wrote_it(write, says, anna):
    conversation = says("Where is my parcel?")

    response = write(conversation, body="On its way!", language="en")

    (message,) = ours()
    assert (message.by, message.text, message.language) == (anna, "On its way!", "en")
    assert message.delivery.state == Delivery.State.HELD
    assert Conversation.objects.get().state == "waiting"
    assert response.status_code == 303


def test_sending_the_same_form_twice_is_one_answer(desk, write, says):
    conversation = says("hello?")
    key = str(uuid.uuid4())

    write(conversation, body="Hello!", key=key)
    write(conversation, body="Hello!", key=key)

    assert len(ours()) == 1


def test_an_answer_can_be_taken_back_and_its_words_return_to_the_composer(desk, write, says):
    conversation = says("hello?")
    write(conversation, body="Helo!")

    desk.post(desk.get("/desk/").context["undo"].url)

    assert not ours()
    assert Draft.objects.get().body == "Helo!"
    assert Conversation.objects.get().state == "open"


def test_send_and_close_closes_and_taking_back_opens_again(desk, write, says):
    conversation = says("hello?")

    write(conversation, body="Hello!", after="close")
    assert Conversation.objects.get().state == "closed"
    desk.post(desk.get("/desk/").context["undo"].url)

    assert Conversation.objects.get().state == "open"


def test_send_and_snooze_remembers_the_choice(write, says, anna, desk):
    write(says("hello?"), body="Hello!", after="snooze:tomorrow")

    assert Conversation.objects.get().state == "snoozed"
    page = desk.get(reverse("respond:conversation", args=[says("other").pk]))
    assert page.context["composer"].after == "snooze:tomorrow"


def test_the_guard_stops_when_the_person_wrote_again(desk, write, says):
    conversation = says("It does not work.")
    seen = conversation.last_message_id
    says("Forget it, it works!", to=conversation)

    response = write(conversation, body="Please send it in.", seen=seen)

    assert response.status_code == 409
    page = response.content.decode()
    assert "Forget it, it works!" in page and "Send anyway" in page and "Please send it in." in page
    assert not ours()
    assert Draft.objects.get().body == "Please send it in."
    write(conversation, body="Please send it in.", seen=response.context["composer"].seen)
    assert len(ours()) == 1


def test_the_guard_stops_when_a_colleague_has_answered(desk, client, write, says, bruno):
    conversation = says("hello?")
    seen = conversation.last_message_id
    Message.objects.create(
        conversation=conversation, connection=conversation.connection, direction=1, by=bruno, text="I did", key=77
    )

    assert write(conversation, body="Me too", seen=seen).status_code == 409


def test_what_is_too_long_is_shown_in_parts_and_sent_as_a_thread_when_one_says_so(write, says):
    conversation = says("tell me everything")
    body = "word " * 100

    response = write(conversation, body=body)
    assert response.status_code == 422
    assert "Send as a thread of 2" in response.content.decode()
    assert not ours()
    write(conversation, body=body, split="yes")

    assert len(ours()) == 2


def test_nothing_is_not_sent(write, says):
    response = write(says("hello?"), body="   ")

    assert response.status_code == 422
    assert "Write something first" in response.content.decode()


def test_a_picture_is_drawn_again_needs_words_and_goes_along(desk, write, says):
    conversation = says("show me")
    desk.post(reverse("respond:pictures", args=[conversation.pk]), {"picture": picture(), "body": "Look:"})
    file = StoredFile.objects.get()
    assert b"secret place" not in file.path.read_bytes()
    assert Draft.objects.get().body == "Look:"

    refused = write(conversation, body="Look:", **{f"alt_{file.pk}": ""})
    assert refused.status_code == 422
    assert "Say in words" in refused.content.decode()
    write(conversation, body="Look:", **{f"alt_{file.pk}": "A red card"})

    (message,) = ours()
    assert message.attachments[0]["alt"] == "A red card"
    assert message.delivery.payload["uploads"][0][2] == "A red card"


def test_taking_back_brings_the_pictures_back_too(desk, write, says):
    conversation = says("show me")
    desk.post(reverse("respond:pictures", args=[conversation.pk]), {"picture": picture(), "body": "Look:"})
    file = StoredFile.objects.get()
    write(conversation, body="Look:", **{f"alt_{file.pk}": "A red card"})

    desk.post(desk.get("/desk/").context["undo"].url)

    assert Draft.objects.get().extras["pictures"] == [{"file": file.pk, "alt": "A red card"}]


def test_no_more_pictures_than_the_channel_takes_and_nothing_that_is_none(desk, says):
    conversation = says("show me")
    url = reverse("respond:pictures", args=[conversation.pk])

    page = desk.post(url, {"picture": SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>")}, follow=True)
    assert "not a picture" in page.content.decode()
    for colour in ("red", "green", "blue"):
        page = desk.post(url, {"picture": picture(colour)}, follow=True)

    assert "takes 2" in page.content.decode()
    assert len(Draft.objects.get().extras["pictures"]) == 2


def test_a_picture_of_a_draft_is_shown_to_its_writer_only(desk, client, says, bruno):
    conversation = says("show me")
    desk.post(reverse("respond:pictures", args=[conversation.pk]), {"picture": picture()})
    url = reverse("respond:picture", args=[conversation.pk, StoredFile.objects.get().pk])

    assert desk.get(url).status_code == 200
    client.force_login(bruno.user)
    assert client.get(url).status_code == 404


def test_drafts_are_kept_while_one_writes_and_come_back(desk, says, anna):
    conversation = says("hello?")

    desk.post(
        reverse("respond:draft", args=[conversation.pk]), {"body": "Dear", "note": "hm", "language": "de", "seen": "3"}
    )
    page = desk.get(reverse("respond:conversation", args=[conversation.pk]))

    composer = page.context["composer"]
    assert (composer.body, composer.note, composer.language) == ("Dear", "hm", "de")
    assert "Dear" in [row.words for row in desk.get("/desk/", {"view": "drafts"}).context["listing"].rows]


def test_an_emptied_draft_is_no_draft(desk, says):
    conversation = says("hello?")
    url = reverse("respond:draft", args=[conversation.pk])

    desk.post(url, {"body": "Dear"})
    desk.post(url, {"body": " "})

    assert not Draft.objects.exists()


def test_a_draft_is_nobody_elses(desk, client, says, bruno):
    conversation = says("hello?")
    desk.post(reverse("respond:draft", args=[conversation.pk]), {"body": "Dear"})
    client.force_login(bruno.user)

    assert client.get(reverse("respond:conversation", args=[conversation.pk])).context["composer"].body == ""


def test_a_note_tells_the_colleague_it_names(write, says, bruno, anna):
    conversation = says("a question")

    write(conversation, kind="note", note="@bruno costa can you look? also @Anna")

    assert Mention.objects.get().person == bruno
    assert Fact.objects.get(kind="note.written").by_id == anna.pk
    assert LiveEvent.objects.filter(topic=f"person:{bruno.pk}").exists()
    assert Conversation.objects.get().state == "open"
    assert not Delivery.objects.exists()


def test_the_answer_is_sent_to_the_message_that_was_chosen(desk, write, says):
    conversation = says("first", "second")
    first = conversation.messages.order_by("id").first()

    write(conversation, body="To the first", reply_to=first.pk)

    assert ours()[0].extras["parent"] == first.native_id


def test_the_guideline_stands_at_the_composer(desk, says, coordinator):
    Guideline.objects.create(version=1, summary="Be kind <b>always</b>", by=coordinator)

    page = desk.get(reverse("respond:conversation", args=[says("hello?").pk])).content.decode()

    assert "Be kind &lt;b&gt;always&lt;/b&gt;" in page


def test_after_sending_comes_the_next_of_the_list_unless_one_stays(write, says, anna):
    other = says("other")
    conversation = says("hello?")

    assert write(conversation, body="Hello!").url == f"/desk/c/{other.pk}/"
    assert write(other, body="Hello!", stay="yes").url == f"/desk/c/{other.pk}/"


def test_what_failed_says_why_and_can_be_tried_again(desk, write, says):
    conversation = says("hello?")
    write(conversation, body="Hello!", stay="yes")
    Delivery.objects.update(state=Delivery.State.FAILED, problem="It was refused there.", advice="Shorten it.")

    page = desk.get(reverse("respond:conversation", args=[conversation.pk])).content.decode()
    assert "It was refused there." in page and "Shorten it." in page and "Try again" in page
    desk.post(reverse("respond:retry", args=[ours()[0].pk]))

    assert Delivery.objects.get().state == Delivery.State.WAITING


def test_it_is_too_late_once_it_has_left(desk, write, says):
    write(says("hello?"), body="Hello!")
    Delivery.objects.update(state=Delivery.State.SENT)

    page = desk.post(reverse("respond:unsend", args=[ours()[0].pk]), follow=True)

    assert "has left already" in page.content.decode()
    assert len(ours()) == 1


def test_the_composer_says_whom_it_answers_and_that_is_who_is_answered(desk, says, write, somebody_else):
    conversation = says("When is it open?", ago=timedelta(minutes=9))
    says("And on Sundays?", to=conversation, by=somebody_else)

    page = desk.get(reverse("respond:conversation", args=[conversation.pk])).content.decode()
    write(conversation, body="At nine.")

    assert "to <b><bdi>Dora Lentini</bdi></b>" in page and "Dear Dora" in page
    (message,) = ours()
    assert message.extras["answers"]["identity"] == somebody_else.pk


def test_what_still_waits_is_answered_before_what_was_answered(desk, says, somebody_else):
    conversation = says("When is it open?", ago=timedelta(minutes=9))
    says("And on Sundays?", to=conversation, by=somebody_else)
    conversation.messages.filter(identity=somebody_else).update(answered_at=timezone.now())

    page = desk.get(reverse("respond:conversation", args=[conversation.pk]))

    assert page.context["composer"].reply_to.text == "When is it open?"


def test_a_draft_remembers_what_it_answers(desk, says, somebody_else):
    conversation = says("When is it open?", ago=timedelta(minutes=9))
    first = conversation.messages.get()
    says("And on Sundays?", to=conversation, by=somebody_else)
    form = {"body": "At nine", "language": "en", "seen": 0}

    desk.post(reverse("respond:draft", args=[conversation.pk]), form | {"reply_to": first.pk})

    assert desk.get(reverse("respond:conversation", args=[conversation.pk])).context["composer"].reply_to == first


class TestOnASharedAccount:
    """There the channel shows the company, and the words show who wrote them."""

    @pytest.fixture(autouse=True)
    def _shared(self, monkeypatch):
        monkeypatch.setattr(PaperAdapter, "can", PaperAdapter.can | Can.SIGN)

    def test_an_answer_ends_with_the_name_of_who_wrote_it(self, desk, write, says):
        conversation = says("hello?")
        assert "— Anna Ferri" in desk.get(reverse("respond:conversation", args=[conversation.pk])).content.decode()

        write(conversation, body="Hello!", signs="yes")

        assert [message.text for message in ours()] == ["Hello!\n— Anna Ferri"]

    def test_the_name_counts_and_stands_under_the_last_part_only(self, write, says):
        conversation = says("hello?")
        words = "word " * 59  # fits alone, not with the name

        refused = write(conversation, body=words, signs="yes")
        write(conversation, body=words, signs="yes", split="yes")

        assert refused.status_code == 422 and not refused.context["composer"].problem
        assert [message.text.endswith("— Anna Ferri") for message in ours()] == [False, True]

    def test_whoever_does_not_sign_is_not_asked_again(self, desk, write, says):
        write(says("hello?"), body="Hello!")

        assert [message.text for message in ours()] == ["Hello!"]
        page = desk.get(reverse("respond:conversation", args=[says("again?").pk]))
        assert not page.context["composer"].signs

    def test_what_is_taken_back_comes_without_the_name(self, desk, write, says):
        write(says("hello?"), body="Helo!", signs="yes")

        desk.post(desk.get("/desk/").context["undo"].url)

        assert Draft.objects.get().body == "Helo!"
