"""Open pages hear what they may hear, once it is committed, and what they missed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client

from corale.live import publish, topics
from corale.live.hub import BACKLOG, RESET, Stream
from corale.live.models import LiveEvent
from corale.live.stream import Live
from tests.unit.live.asgi import opened, run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def user() -> Any:
    return get_user_model().objects.create(email="anna@molino.example")


@pytest.fixture
def cookie(user: Any) -> str:
    client = Client()
    client.force_login(user)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def say(topic: str, **payload: str) -> int:
    publish(topic, payload)
    return LiveEvent.objects.latest("pk").pk


async def elsewhere(act: Callable[..., object], *args: Any, **more: Any) -> None:
    """In another thread, as another request would do it, with a connection of its own."""

    def whole() -> None:
        try:
            act(*args, **more)
        finally:
            connection.close()

    await asyncio.to_thread(whole)


def test_without_a_session_there_is_no_stream():
    async def story(live: Live) -> None:
        async with opened(live, "inbox") as page:
            assert (page.status, page.ended) == (401, True)
        async with opened(live, "inbox", "corale_session=nonsense; a=b") as page:
            assert page.status == 401

    run(story)


def test_what_is_published_reaches_the_pages_that_listen_to_it(cookie: str):
    async def story(live: Live) -> None:
        async with opened(live, "inbox", cookie) as one, opened(live, "decision:12", cookie) as other:
            await elsewhere(say, "inbox", conversation="12")
            await one.until(lambda: '"conversation":"12"' in one.text)
            await elsewhere(say, "decision:12", change="state")
            await other.until(lambda: '"change":"state"' in other.text)
            assert '"change"' not in one.text
            assert '"topic":"inbox"' in one.text

    run(story)


def test_what_happened_between_writing_the_page_and_listening_is_told(cookie: str):
    async def story(live: Live) -> None:
        written = int(time.time())
        await elsewhere(say, "inbox", conversation="12")
        async with opened(live, f"inbox&at={written}", cookie) as page:
            await page.until(lambda: '"conversation":"12"' in page.text)
        async with opened(live, f"inbox&at={written + 3600}", cookie) as later:
            await elsewhere(say, "inbox", conversation="13")
            await later.until(lambda: '"conversation":"13"' in later.text)
            assert '"conversation":"12"' not in later.text

    run(story)


def test_what_is_rolled_back_is_never_told(cookie: str):
    def change_of_mind() -> None:
        try:
            with transaction.atomic():
                publish("inbox", {"conversation": "never"})
                raise RuntimeError
        except RuntimeError:
            publish("inbox", {"conversation": "really"})

    async def story(live: Live) -> None:
        async with opened(live, "inbox", cookie) as page:
            await elsewhere(change_of_mind)
            await page.until(lambda: "really" in page.text)
            assert "never" not in page.text

    run(story)


def test_a_page_that_was_away_gets_what_it_missed(cookie: str):
    seen = say("inbox", conversation="1")
    say("inbox", conversation="2")
    say("elsewhere", conversation="3")

    async def story(live: Live) -> None:
        async with opened(live, "inbox", cookie, last=str(seen)) as page:
            await page.until(lambda: '"conversation":"2"' in page.text)
            assert '"conversation":"3"' not in page.text

    run(story)


def test_a_page_that_missed_too_much_is_told_to_read_again(cookie: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("corale.live.stream.REPLAY", 3)
    first = next(iter([say("inbox", conversation=str(number)) for number in range(60)]))

    async def story(live: Live) -> None:
        async with opened(live, "inbox", cookie, last=str(first)) as page:
            await page.until(lambda: "event: reset" in page.text)

    run(story)


def test_nobody_hears_what_is_another_persons(cookie: str, user: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(topics.rules, "person", lambda who, rest: who == user and rest == "7")

    async def story(live: Live) -> None:
        async with opened(live, "person:7,person:8,inbox", cookie) as page:
            await elsewhere(say, "person:8", words="secret")
            await elsewhere(say, "person:7", words="mine")
            await page.until(lambda: "mine" in page.text)
            assert "secret" not in page.text

    run(story)


def test_until_the_room_of_people_says_whose_it_is_a_persons_topic_is_closed(user: Any):
    assert topics.nobody(user, "7") is False


def test_somebody_who_left_hears_nothing(cookie: str, user: Any):
    user.is_active = False
    user.save()

    async def story(live: Live) -> None:
        async with opened(live, "inbox", cookie) as page:
            assert page.status == 401

    run(story)


def test_streams_end_when_the_server_stops(cookie: str):
    async def story(live: Live) -> None:
        async with opened(live, "inbox", cookie) as page:
            live.close()
            await page.until(lambda: page.ended)

    run(story)


def test_a_page_that_does_not_take_its_events_is_told_to_read_again():
    async def story(live: Live) -> None:
        stream = Stream(["inbox"])
        for number in range(BACKLOG + 5):
            stream.give(b"%d" % number)
        assert RESET in stream.pending
        assert len(stream.pending) <= 10

    run(story)


def test_only_reading_is_possible(cookie: str):
    async def story(live: Live) -> None:
        async with opened(live, "inbox", cookie, method="POST") as page:
            assert page.status == 405

    run(story)
