"""What others said stands on our pages as far as it is public, and as long as it stands."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from corale.adapters.activitypub.models import Reaction
from corale.adapters.activitypub.public import kept
from corale.channels.contract import Raw
from corale.channels.keys import key_of
from corale.conversations.actions.receive import take_in
from corale.conversations.models import Conversation, Message
from corale.people.models import Person

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


@pytest.fixture(autouse=True)
def nothing_kept():
    kept.forget()


@pytest.fixture
def answered(house, carla):
    """Carla answers a post of ours, as it arrives from her server."""

    def answer(post, text: str, n: int = 1, **more) -> str:
        uri = f"{carla.uri}/notes/{n}"
        note = {"id": uri, "type": "Note", "attributedTo": carla.uri, "content": f"<p>{text}</p>", "to": [PUBLIC],
                "cc": [post.actor.uri], "inReplyTo": post.uri, **more}  # fmt: skip
        body = {"id": f"{uri}/create", "type": "Create", "actor": carla.uri, "object": note}
        headers = {"base": "https://molino.test", "inbox": "anna", "signer": carla.uri}
        take_in(house, [Raw(f"{uri}/create", json.dumps(body).encode(), headers)])
        Reaction.objects.create(key=key_of(uri), uri=uri, post=post, kind="reply", actor_uri=carla.uri)
        return uri

    return answer


def page(client, post) -> str:
    kept.forget()
    return client.get(post.document["url"].removeprefix("https://molino.test")).content.decode()


def test_a_public_answer_stands_there(client, anna, says, answered):
    post = says(anna)
    answered(post, "Thank you, <b>Anna</b>!")
    answered(post, "Quietly, thanks.", 2, to=[], cc=[PUBLIC, anna.uri])

    assert "Thank you, Anna!" in page(client, post)
    assert "Quietly, thanks." in page(client, post)


@pytest.mark.parametrize("to", [["https://elsewhere.test/users/carla/followers"], ["https://molino.test/actors/anna"]])
def test_one_that_is_not_for_everybody_does_not(client, anna, says, answered, to):
    post = says(anna)
    answered(post, "between us", to=to, cc=[])

    assert Message.objects.filter(text="between us").exists()
    assert "between us" not in page(client, post)


def test_one_that_was_deleted_or_hidden_or_is_spam_does_not(client, anna, says, answered):
    post = says(anna)
    uri = answered(post, "changed my mind")
    for state in (Message.State.DELETED, Message.State.HIDDEN, Message.State.UNREACHABLE):
        Message.objects.filter(native_id=uri).update(state=state)
        assert "changed my mind" not in page(client, post)
    Message.objects.filter(native_id=uri).update(state=Message.State.VISIBLE)
    assert "changed my mind" in page(client, post)
    Conversation.objects.update(state=Conversation.State.SPAM)
    assert "changed my mind" not in page(client, post)


def test_whoever_was_forgotten_is_not_shown(client, anna, says, answered):
    post = says(anna)
    answered(post, "remember me")
    Person.objects.filter(identities__stable_id="https://elsewhere.test/users/carla").update(erased_at=timezone.now())

    assert "remember me" not in page(client, post)


def test_whom_we_have_blocked_is_not_shown(client, anna, says, answered, carla):
    post = says(anna)
    answered(post, "buy my coins")
    carla.is_blocked = True
    carla.save()

    assert "buy my coins" not in page(client, post)


def test_what_was_asked_stands_before_the_answer(client, anna, says, answered):
    first = says(anna, "Open at seven.")
    asked = answered(first, "On Sunday too?")
    second = says(anna, "On Sunday at eight.", in_reply_to=asked)

    shown = page(client, second)
    assert shown.index("Open at seven.") < shown.index("On Sunday too?") < shown.index("On Sunday at eight.</p>")
