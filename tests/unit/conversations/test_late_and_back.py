"""What reaches us later than it was said, and what could not be seen for a while."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from corale.channels.contract import Raw
from corale.channels.models import Connection
from corale.conversations.actions.receive import take_in
from corale.conversations.models import Conversation, Message
from corale.ledger.models import Fact
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


@pytest.mark.parametrize("together", [1, 2, 3, 6])
def test_what_was_answered_does_not_depend_on_what_arrived_together(shop: Connection, together: int) -> None:  # noqa: F811
    thread = {"root": "a", "parent": "a"}
    ours = {**thread, "by": OURS, "ours": True, "to_us": False}
    raws = [
        said("a", "Quanto costa?"), said("c", "E il mulino?", 1, root="a", parent="b"), said("d", "Venti", 2, **ours),
        said("b", "La macchina", 3, **thread), said("e", "Trenta", 4, **ours), said("f", "Grazie", 5, **thread),
    ]  # fmt: skip

    for first in range(0, len(raws), together):
        take_in(shop, raws[first : first + together])

    answered = dict(Message.objects.filter(direction=Message.Direction.IN).values_list("native_id", "answered_at"))
    after = {native_id: at and (at - NOON) / timedelta(minutes=1) for native_id, at in answered.items()}
    assert after == {"a": 2, "c": 2, "b": 4, "f": None}
    assert Conversation.objects.get().waiting_since == NOON + timedelta(minutes=5)
    facts = Fact.objects.filter(kind="message.answered")
    assert sorted(facts.values_list("message_id", flat=True)) == sorted(
        Message.objects.filter(answered_at__isnull=False).values_list("pk", flat=True)
    )
