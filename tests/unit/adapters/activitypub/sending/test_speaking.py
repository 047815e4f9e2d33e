"""Saying something: who it reaches, what it looks like there, and that saying it again changes nothing."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from corale.adapters.activitypub.models import Activity, Actor, Dispatch, Following, Post, Server
from corale.adapters.activitypub.sending.dispatching import drain
from corale.channels.actions.pictures import keep_picture
from corale.channels.contract import Outgoing, Poll, Ref, Upload
from corale.channels.errors import OnItsWay, Refused, Unreachable
from corale.channels.models import Connection
from tests.support.ports import free_port
from tests.support.postroom import Inboxes, a_server, an_actor, follows, somebody

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
State = Dispatch.State


def outgoing(connection: Connection, kind: str, text: str = "", *, voice: str = "", **more: Any) -> Outgoing:
    chosen = connection.adapter.choose_id(connection, kind, voice=voice)
    return Outgoing(kind, chosen, timezone.now(), text, voice=voice, **more)  # type: ignore[arg-type]


def send(connection: Connection, said: Outgoing) -> Any:
    return connection.adapter.send(connection, said)


def answer(connection: Connection, eve: Any, **more: Any) -> Outgoing:
    return outgoing(
        connection, "reply", "Grazie, Eve.", parent=Ref(f"{eve.uri}/1"), root=Ref(f"{eve.uri}/1"), to=(eve.uri,), **more
    )


def test_an_answer_mentions_its_author_and_arrives_before_it_is_said_to_be_sent(connection, there: Inboxes):
    eve = somebody("eve", there.server(), scheme="http")
    said = answer(connection, eve)

    sent = send(connection, said)

    (arrived,) = there.arrived
    note = arrived.activity["object"]
    assert arrived.path == "/users/eve/inbox"
    assert (arrived.activity["type"], arrived.activity["id"]) == ("Create", f"{said.outside_id}/activity")
    assert (note["id"], note["inReplyTo"]) == (said.outside_id, f"{eve.uri}/1")
    assert note["tag"] == [{"type": "Mention", "href": eve.uri, "name": f"@{eve.handle}"}]
    assert (note["to"], eve.uri in note["cc"]) == ([PUBLIC], True)
    assert (arrived.activity["to"], arrived.activity["cc"]) == (note["to"], note["cc"])
    assert (sent.native_id, sent.version) == (said.outside_id, Post.objects.get().version)
    assert sent.url.startswith("http://localhost:8000/@molino/")


def test_saying_it_again_is_the_same_post_the_same_activity_and_nothing_more_on_the_wire(connection, there: Inboxes):
    said = answer(connection, somebody("eve", there.server(), scheme="http"))

    first, again = send(connection, said), send(connection, said)

    assert first == again == connection.adapter.look(connection, said)
    assert (Post.objects.count(), Activity.objects.count(), Dispatch.objects.count()) == (1, 1, 1)
    assert len(there.arrived) == 1
    assert Actor.objects.get(name="molino").posts_count == 1


def test_what_was_never_said_is_not_found(connection, there: Inboxes):
    assert connection.adapter.look(connection, outgoing(connection, "post", "Ciao")) is None


def test_who_follows_hears_of_it_later_and_each_server_once(connection, molino, there: Inboxes):
    here, elsewhere = there.server("127.0.0.1"), there.server("127.0.0.2")
    eve = somebody("eve", here, scheme="http", shared=there.at())
    follows(eve, molino)
    follows(somebody("ada", here, scheme="http", shared=there.at()), molino)
    follows(somebody("ida", elsewhere, scheme="http"), molino)

    send(connection, answer(connection, eve))
    at_once = [each.headers["host"] for each in there.arrived]
    drain()

    assert at_once == [f"127.0.0.1:{there.port}"]
    assert [each.headers["host"] for each in there.arrived] == [*at_once, f"127.0.0.2:{there.port}"]


def test_a_direct_message_reaches_the_inbox_of_who_is_named_and_nobody_else(connection, molino, there: Inboxes):
    here = there.server()
    eve = somebody("eve", here, scheme="http", shared=there.at())
    follows(somebody("ada", there.server("127.0.0.2"), scheme="http"), molino)

    send(connection, answer(connection, eve, audience="direct"))
    drain()

    (arrived,) = there.arrived
    assert arrived.path == "/users/eve/inbox"
    assert (arrived.activity["to"], arrived.activity["cc"]) == ([eve.uri], [])
    assert "Public" not in str(arrived.activity["object"]["to"])
    assert not Activity.objects.filter(is_public=True).exists()
    assert Actor.objects.get(name="molino").posts_count == 0


def test_nobody_can_make_an_answer_wider_than_what_it_answers(connection, molino, there: Inboxes):
    eve = somebody("eve", there.server(), scheme="http")
    first = answer(connection, eve, audience="followers")
    send(connection, first)

    send(connection, outgoing(connection, "reply", "E ancora", parent=Ref(first.outside_id), to=(eve.uri,)))

    assert set(Post.objects.values_list("audience", flat=True)) == {"followers"}
    assert not Activity.objects.filter(is_public=True).exists()


def test_followers_only_is_for_followers_and_who_is_spoken_to(connection, molino, there: Inboxes):
    eve = somebody("eve", there.server(), scheme="http")

    send(connection, answer(connection, eve, audience="followers"))

    note = there.arrived[0].activity["object"]
    assert (note["to"], note["cc"]) == ([f"{molino.uri}/followers"], [eve.uri])


def test_unlisted_says_so(connection, molino, there: Inboxes):
    eve = somebody("eve", there.server(), scheme="http")

    send(connection, answer(connection, eve, audience="unlisted"))

    note = there.arrived[0].activity["object"]
    assert (note["to"], note["cc"]) == ([f"{molino.uri}/followers"], [PUBLIC, eve.uri])


def test_whoever_is_named_in_the_text_is_found_mentioned_and_told(connection, there: Inboxes):
    handle = there.person("ada")

    send(connection, outgoing(connection, "post", f"Benvenuta, @{handle}!"))

    (arrived,) = there.arrived
    note = arrived.activity["object"]
    uri = there.at(path="/users/ada")
    assert arrived.path == "/users/ada/inbox"
    assert note["tag"] == [{"type": "Mention", "href": uri, "name": f"@{handle}"}]
    assert f'<a href="{uri}" class="u-url mention">' in note["content"]


def test_a_handle_that_nobody_has_stays_a_word_but_a_private_message_does_not_leave(connection, there: Inboxes):
    text = f"Ciao @nobody@127.0.0.1:{there.port}"

    send(connection, outgoing(connection, "post", text))
    with pytest.raises(Refused) as refused:
        send(connection, outgoing(connection, "post", text, audience="direct"))

    assert "<a " not in Post.objects.get().document["content"]
    assert "handle" in refused.value.advice


def test_a_direct_message_to_nobody_is_refused(connection):
    with pytest.raises(Refused):
        send(connection, outgoing(connection, "post", "Ciao", audience="direct"))

    assert not Post.objects.exists()


def test_the_server_of_somebody_who_is_mentioned_and_sleeps_is_waited_for_but_not_for_long(connection, there: Inboxes):
    said = outgoing(connection, "post", f"Ciao @eve@127.0.0.1:{free_port()}")

    with pytest.raises(Unreachable):
        send(connection, said)
    send(connection, replace(said, created_at=timezone.now() - timedelta(minutes=20)))

    assert Post.objects.count() == 1


@pytest.mark.parametrize(("status", "advice"), [(403, "takes nothing"), (410, "not there"), (422, "did not accept")])
def test_what_their_server_refuses_is_said_to_the_person_who_wrote(connection, there: Inboxes, status, advice):
    there.answers = lambda _arrived: (status, {})
    eve = somebody("eve", there.server(), scheme="http")

    with pytest.raises(Refused) as refused:
        send(connection, answer(connection, eve))

    assert advice in refused.value.advice


def test_a_person_who_tries_again_is_tried_again(connection, there: Inboxes):
    there.answers = lambda _arrived: (403, {})
    said = answer(connection, somebody("eve", there.server(), scheme="http"))
    with pytest.raises(Refused):
        send(connection, said)

    there.answers = lambda _arrived: (202, {})
    sent = send(connection, said)

    assert sent.native_id == said.outside_id
    assert Dispatch.objects.get().state == State.SENT


def test_a_server_that_does_not_answer_is_tried_again_by_itself(connection, there: Inboxes):
    port = free_port()
    eve = somebody("eve", a_server(f"127.0.0.1:{port}"), scheme="http")
    said = answer(connection, eve)

    with pytest.raises(OnItsWay) as waiting:
        send(connection, said)
    with pytest.raises(OnItsWay):
        send(connection, said)

    assert waiting.value.retry_after > 30
    assert Dispatch.objects.get().attempts == 1
    assert connection.adapter.look(connection, said) is None


def test_after_a_week_it_is_given_up(connection):
    eve = somebody("eve", a_server(f"127.0.0.1:{free_port()}"), scheme="http")
    said = answer(connection, eve)
    with pytest.raises(OnItsWay):
        send(connection, said)
    Activity.objects.update(created_at=timezone.now() - timedelta(days=8))
    Dispatch.objects.update(next_at=timezone.now())

    drain()
    with pytest.raises(Refused) as refused:
        send(connection, said)

    assert "a week" in refused.value.advice


def test_what_goes_before_it_goes_before_it(connection, there: Inboxes):
    eve = somebody("eve", there.server(), scheme="http")
    there.answers = lambda _arrived: (503, {})
    first, second = answer(connection, eve), answer(connection, eve)
    with pytest.raises(OnItsWay):
        send(connection, first)
    with pytest.raises(OnItsWay):
        send(connection, second)

    there.answers = lambda _arrived: (202, {})
    Dispatch.objects.update(next_at=timezone.now())
    drain()

    arrived = [each.activity["object"]["id"] for each in there.arrived]
    assert arrived == [first.outside_id, first.outside_id, second.outside_id]
    assert send(connection, second).native_id == second.outside_id


def test_each_speaks_in_their_own_name_while_they_may(connection, there: Inboxes):
    anna = an_actor("anna", "person")
    eve = somebody("eve", there.server(), scheme="http")

    send(connection, answer(connection, eve, voice=anna.uri))
    Actor.objects.filter(pk=anna.pk).update(state="paused")
    with pytest.raises(Refused):
        send(connection, answer(connection, eve, voice=anna.uri))

    assert [each.activity["actor"] for each in there.arrived] == [anna.uri]
    assert Post.objects.get().uri.startswith(f"{anna.uri}/posts/")


def test_who_is_blocked_here_is_not_written_to(connection, there: Inboxes):
    eve = somebody("eve", there.server(), scheme="http", is_blocked=True)
    ada = somebody("ada", there.server("127.0.0.2", stance="blocked"), scheme="http")

    for each in (eve, ada):
        with pytest.raises(Refused) as refused:
            send(connection, answer(connection, each))
        assert "Unblock" in refused.value.advice
    assert not there.arrived


def test_pictures_go_along_with_their_words(connection, there: Inboxes):
    drawn = io.BytesIO()
    Image.new("RGB", (8, 6), "green").save(drawn, "PNG")
    file = keep_picture(drawn.getvalue())
    upload = Upload(str(file.path), file.mime, "Un mulino")

    send(connection, outgoing(connection, "post", "Guarda", uploads=(upload,), warning="Farina"))

    document = Post.objects.get().document
    (picture,) = document["attachment"]
    assert (picture["name"], picture["type"], picture["url"].startswith("http://localhost:8000/")) == (
        "Un mulino", "Image", True,
    )  # fmt: skip
    assert (document["summary"], document["sensitive"]) == ("Farina", True)


def test_a_poll_asks_its_question(connection):
    poll = Poll(("Verde", "Rosso"), timezone.now() + timedelta(days=1))

    send(connection, outgoing(connection, "post", "Quale colore?", poll=poll))

    post = Post.objects.get()
    assert (post.kind, post.closes_at) == ("Question", poll.closes_at)
    assert [each["name"] for each in post.document["oneOf"]] == ["Verde", "Rosso"]


def test_an_edit_is_told_to_everybody_who_heard_of_it_and_says_that_it_is_one(connection, molino, there: Inboxes):
    eve = somebody("eve", there.server(), scheme="http")
    ida = somebody("ida", there.server("127.0.0.2"), scheme="http")
    said = answer(connection, eve)
    send(connection, said)
    follows(ida, molino)

    sent = send(connection, outgoing(connection, "edit", "Grazie mille.", target=Ref(said.outside_id)))
    drain()

    updates = [each for each in there.arrived if each.activity["type"] == "Update"]
    assert {each.headers["host"] for each in updates} == {f"127.0.0.1:{there.port}", f"127.0.0.2:{there.port}"}
    note = updates[0].activity["object"]
    assert (note["id"], "Grazie mille." in note["content"], "updated" in note) == (said.outside_id, True, True)
    assert note["inReplyTo"] == f"{eve.uri}/1"
    assert (sent.native_id, sent.version) == (said.outside_id, Post.objects.get().version)


def test_an_edit_of_a_poll_does_not_change_what_was_asked(connection):
    poll = Poll(("Verde", "Rosso"), timezone.now() + timedelta(days=1))
    said = outgoing(connection, "post", "Quale?", poll=poll)
    send(connection, said)

    send(connection, outgoing(connection, "edit", "Quale colore?", target=Ref(said.outside_id)))

    document = Post.objects.get().document
    assert (document["type"], len(document["oneOf"])) == ("Question", 2)


def test_what_is_deleted_is_a_tombstone_and_its_words_are_gone(connection, there: Inboxes):
    eve = somebody("eve", there.server(), scheme="http")
    said = answer(connection, eve)
    send(connection, said)
    delete = outgoing(connection, "delete", target=Ref(said.outside_id))

    send(connection, delete)
    send(connection, delete)

    assert [each.activity["type"] for each in there.arrived] == ["Create", "Delete"]
    assert there.arrived[1].activity["object"]["type"] == "Tombstone"
    post = Post.objects.get()
    assert post.deleted_at is not None
    assert "Grazie" not in str(post.document) + post.source_text
    assert not Activity.objects.filter(body__contains="Grazie").exists()
    assert Actor.objects.get(name="molino").posts_count == 0


def test_what_is_deleted_before_it_left_does_not_leave(connection, molino, there: Inboxes):
    follows(somebody("eve", there.server(), scheme="http"), molino)
    said = outgoing(connection, "post", "Un errore")
    send(connection, said)

    send(connection, outgoing(connection, "delete", target=Ref(said.outside_id)))
    drain()

    assert [each.activity["type"] for each in there.arrived] == ["Delete"]


def test_only_ones_own_can_be_changed(connection, there: Inboxes):
    anna = an_actor("anna", "person")
    said = outgoing(connection, "post", "Da Anna", voice=anna.uri)
    send(connection, said)

    for kind in ("edit", "delete"):
        with pytest.raises(Refused):
            send(connection, outgoing(connection, kind, "Altro", target=Ref(said.outside_id)))

    assert "Da Anna" in Post.objects.get().document["content"]


def test_liking_is_told_to_the_author_alone_and_can_be_taken_back(connection, molino, there: Inboxes):
    eve = somebody("eve", there.server(), scheme="http", shared=there.at())
    follows(somebody("ada", there.server("127.0.0.2"), scheme="http"), molino)
    like = outgoing(connection, "like", target=Ref(f"{eve.uri}/1"), to=(eve.uri,))

    send(connection, like)
    send(connection, outgoing(connection, "unlike", target=Ref(like.outside_id)))
    drain()

    assert [(each.activity["type"], each.path) for each in there.arrived] == [
        ("Like", "/users/eve/inbox"), ("Undo", "/users/eve/inbox"),
    ]  # fmt: skip
    assert there.arrived[1].activity["object"]["id"] == like.outside_id


def test_passing_on_is_told_to_followers_and_to_the_author(connection, molino, there: Inboxes):
    eve = somebody("eve", there.server(), scheme="http")
    follows(somebody("ada", there.server("127.0.0.2"), scheme="http"), molino)

    send(connection, outgoing(connection, "repost", target=Ref(f"{eve.uri}/1"), to=(eve.uri,)))
    drain()

    assert sorted(each.headers["host"] for each in there.arrived) == [
        f"127.0.0.1:{there.port}", f"127.0.0.2:{there.port}",
    ]  # fmt: skip
    assert Activity.objects.get().is_public


def test_following_is_asked_for_and_ended(connection, there: Inboxes):
    eve = somebody("eve", there.server(), scheme="http")
    follow = outgoing(connection, "follow", target=Ref(eve.uri), to=(eve.uri,))

    send(connection, follow)
    asked = Following.objects.get()
    send(connection, outgoing(connection, "unlike", target=Ref(follow.outside_id)))

    assert (asked.remote, asked.uri, asked.state) == (eve, follow.outside_id, "pending")
    assert Following.objects.get().ended_at is not None
    assert [each.activity["type"] for each in there.arrived] == ["Follow", "Undo"]


def test_a_quote_names_what_it_quotes_and_asks_for_leave(connection, there: Inboxes):
    eve = somebody("eve", there.server(), scheme="http")

    send(connection, outgoing(connection, "quote", "Ben detto", target=Ref(f"{eve.uri}/1"), to=(eve.uri,)))
    drain()

    document = Post.objects.get().document
    assert document["quote"] == f"{eve.uri}/1"
    assert [(each.activity["type"], each.activity["object"]) for each in there.arrived] == [
        ("QuoteRequest", f"{eve.uri}/1")
    ]


def test_where_nobody_says_who_is_answered_their_own_server_does(connection, there: Inboxes):
    there.person("eve")
    note = there.at(path="/users/eve/1")
    there.documents["/users/eve/1"] = "application/activity+json", {
        "id": note, "type": "Note", "attributedTo": there.at(path="/users/eve"), "content": "?",
    }  # fmt: skip

    send(connection, outgoing(connection, "reply", "Sì", parent=Ref(note)))

    assert there.arrived[0].path == "/users/eve/inbox"


def test_our_own_threads_keep_their_context(connection, there: Inboxes):
    first = outgoing(connection, "post", "Uno")
    send(connection, first)

    send(connection, outgoing(connection, "reply", "Due", parent=Ref(first.outside_id), root=Ref(first.outside_id)))

    assert set(Post.objects.values_list("context", flat=True)) == {f"{first.outside_id}/context"}


def test_a_colleague_who_is_named_is_mentioned_and_nothing_leaves_for_them(connection, there: Inboxes):
    anna = an_actor("anna", "person")

    send(connection, outgoing(connection, "post", "Chiedete a @anna@localhost:8000"))

    assert Post.objects.get().document["tag"][0]["href"] == anna.uri
    assert not Dispatch.objects.exists()
    assert not Server.objects.filter(host="localhost:8000").exists()
