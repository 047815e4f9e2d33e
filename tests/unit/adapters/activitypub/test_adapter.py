"""The contract, where it needs our actors: who speaks, and under which address."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from corale.adapters.activitypub.models import Actor
from corale.channels.contract import Poll
from corale.channels.errors import Refused
from corale.channels.models import Delivery
from corale.channels.outgoing import outgoing_of, payload_of
from corale.channels.registry import adapter_for

ADAPTER = adapter_for("activitypub")


def test_whoever_has_a_profile_speaks_as_themselves_and_everybody_else_as_the_company(house, brand, anna, world):
    herself = ADAPTER.voice_for(house, world.anna.pk)

    assert (herself.stable_id, herself.handle, herself.name) == (anna.uri, "anna@molino.test", world.anna.name)
    assert ADAPTER.voice_for(house, world.bruno.pk).stable_id == brand.uri
    assert ADAPTER.voice_for(house, None).stable_id == brand.uri


def test_whoever_pauses_lets_the_company_speak(house, brand, anna, world):
    Actor.objects.filter(pk=anna.pk).update(state=Actor.State.PAUSED)

    assert ADAPTER.voice_for(house, world.anna.pk).stable_id == brand.uri


def test_what_will_be_said_stands_under_the_name_of_who_speaks(house, brand, anna):
    assert ADAPTER.choose_id(house, "reply", voice=anna.uri).startswith(f"{anna.uri}/posts/")
    assert ADAPTER.choose_id(house, "post").startswith(f"{brand.uri}/posts/")
    assert ADAPTER.choose_id(house, "like", voice=anna.uri).startswith(f"{anna.uri}/activities/")


def test_nobody_signs_in_because_the_account_is_made_here():
    with pytest.raises(Refused) as refused:
        ADAPTER.introduce({})

    assert refused.value.advice


def test_nothing_has_to_be_asked_for(house):
    assert (ADAPTER.streams(house), ADAPTER.recheck(house, ["x"])) == ((), ())
    assert ADAPTER.receive(house, "any", "7").cursor == "7"


def test_a_poll_waits_in_a_delivery_as_it_was_written():
    poll = Poll(("Moka", "Espresso"), datetime(2026, 10, 3, 9, 30, tzinfo=UTC), several=True)

    assert outgoing_of(Delivery(kind="post", outside_id="x", payload=payload_of(poll=poll))).poll == poll
    assert outgoing_of(Delivery(kind="post", outside_id="x", payload=payload_of())).poll is None
