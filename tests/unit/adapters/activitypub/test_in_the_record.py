"""What arrives from the fediverse as conversations, and what becomes of an answer to it."""

from __future__ import annotations

import json

import pytest

from corale.channels.contract import Raw
from corale.channels.models import Delivery
from corale.conversations.actions.answering import answer
from corale.conversations.actions.receive import take_in
from corale.conversations.models import Message

pytestmark = pytest.mark.django_db
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
CARLA = "https://peer.test/users/carla"


def says(house, brand, **more):
    note = {"id": f"{CARLA}/notes/1", "type": "Note", "attributedTo": CARLA, "content": "<p>Ciao</p>",
            "tag": [{"type": "Mention", "href": brand.uri, "name": "@molino"}], **more}  # fmt: skip
    body = {"id": f"{CARLA}/notes/1/create", "type": "Create", "actor": CARLA, "object": note}
    headers = {"base": "https://molino.test", "inbox": "molino", "signer": CARLA}
    take_in(house, [Raw("1", json.dumps(body).encode(), headers)])
    return Message.objects.get(native_id=f"{CARLA}/notes/1")


@pytest.mark.parametrize(
    ("to", "cc", "audience"),
    [
        ([PUBLIC], [], "public"),
        ([f"{CARLA}/followers"], [PUBLIC], "unlisted"),
        ([f"{CARLA}/followers"], [], "followers"),
        (["https://molino.test/actors/molino"], [], "direct"),
    ],
)
def test_an_answer_is_read_by_nobody_who_could_not_read_the_question(house, brand, world, to, cc, audience):
    asked = says(house, brand, to=to, cc=cc)

    [said] = answer(asked.conversation, ["Buongiorno."], by=world.anna)

    assert Delivery.objects.get().payload["audience"] == audience
    assert said.extras.get("audience", "public") == audience


def test_who_has_a_profile_speaks_as_themselves_to_whoever_asked(house, brand, anna, world):
    asked = says(house, brand, to=[PUBLIC], summary="Pane")

    answer(asked.conversation, ["Buongiorno."], by=world.anna)

    left = Delivery.objects.get()
    assert left.payload["voice"] == anna.uri
    assert left.outside_id.startswith(f"{anna.uri}/posts/")
    assert (left.payload["to"], left.payload["warning"]) == ([CARLA], "Pane")


def test_who_has_none_speaks_as_the_company(house, brand, world):
    asked = says(house, brand, to=[PUBLIC])

    answer(asked.conversation, ["Buongiorno."], by=world.bruno)

    assert Delivery.objects.get().outside_id.startswith(f"{brand.uri}/posts/")
