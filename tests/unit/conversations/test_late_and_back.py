"""What reaches us later than it was said, and what could not be seen for a while."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from corale.channels.contract import Raw
from corale.channels.models import Connection
from corale.conversations.actions.receive import take_in
from corale.conversations.models import Conversation, Message
from tests.unit.conversations.test_receive import NOON, said, shop, who  # noqa: F401

pytestmark = pytest.mark.django_db
OURS = {"id": "did:demo:molino", "handle": "molino.test", "name": "Molino"}


def heard_at_noon(raw: Raw) -> Raw:
    """As it is when an account is connected: everything arrives at once."""
    return Raw(raw.key, raw.body, raw.headers, NOON)


def test_our_post_that_began_the_thread_does_not_answer_what_was_said_under_it(shop: Connection) -> None:  # noqa: F811
    ours = said("a", "Nuova macchina", -30, by=OURS, ours=True, to_us=False)
    theirs = said("b", "Quanto costa?", -10, parent="a", root="a")

    take_in(shop, [heard_at_noon(theirs), heard_at_noon(ours)])

    assert Conversation.objects.get().state == "open"
    assert Message.objects.get(native_id="b").answered_at is None


def test_what_was_answered_before_we_heard_of_it_is_answered_when_we_hear_of_it(shop: Connection) -> None:  # noqa: F811
    theirs = said("a", "Quanto costa?", -30)
    ours = said("b", "Venti euro", -10, parent="a", root="a", by=OURS, ours=True, to_us=False)

    take_in(shop, [heard_at_noon(theirs), heard_at_noon(ours)])

    assert Conversation.objects.get().state == "waiting"
    assert Message.objects.get(native_id="a").answered_at == NOON


def test_what_could_not_be_seen_for_a_while_is_seen_again(shop: Connection) -> None:  # noqa: F811
    take_in(shop, [said("a", "Eccomi")])
    gone = json.dumps({"type": "gone", "id": "a", "how": "unreachable"}).encode()
    take_in(shop, [Raw("a#gone", gone, received_at=NOON + timedelta(hours=1))])
    before = Message.objects.get().state

    take_in(shop, [Raw("a#back", said("a", "Eccomi").body, received_at=NOON + timedelta(hours=2))])

    assert (before, Message.objects.get().state) == (Message.State.UNREACHABLE, Message.State.VISIBLE)
