"""Where a reading begins, and when the next one is polite."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from corale.adapters.bluesky.answers import Answer
from corale.adapters.bluesky.listening import own, typed
from corale.adapters.bluesky.looking import Us
from corale.adapters.bluesky.notifications import notifications
from corale.adapters.bluesky.position import Position, paced
from corale.channels.errors import Disconnected, Refused, Unreachable
from tests.unit.adapters.bluesky.answers import answer

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
US = Us("did:plc:abcdefghijklmnopqrstuvwx", "molino.test")


class Recorded:
    """An account that gives recorded answers, and fails where it is told to."""

    def __init__(self, **failing):
        self.failing, self.asked, self.last = failing, [], None

    def get(self, nsid, *, accept=(), **params):
        name = nsid.rpartition(".")[2]
        self.asked.append(name)
        if name in self.failing:
            raise self.failing[name]
        return answer(
            {"listNotifications": "list_notifications", "getPosts": "get_posts_one_deleted",
             "getPostThread": "get_post_thread", "searchPosts": "search_posts"}[name]
        )  # fmt: skip


def test_what_was_brought_is_not_brought_again():
    account = Recorded()
    first = notifications(account, US, "", NOW)

    second = notifications(account, US, first.cursor, NOW)

    assert len([raw for raw in first.raws if raw.key.startswith("n|")]) == 11
    assert second.raws == []


def test_context_that_fails_is_owed_and_the_words_come_at_once():
    first = notifications(Recorded(getPosts=Unreachable("busy")), US, "", NOW)
    second = notifications(Recorded(), US, first.cursor, NOW)

    assert len(first.raws) == 11
    assert {raw.headers["item"] for raw in second.raws} == {"post"}


def test_an_unknown_cursor_begins_anew():
    assert Position.parse("3n2uq6aywyk26") == Position.parse("") == Position()


def test_search_that_fails_harms_nothing_and_is_asked_rarely():
    account = Recorded(searchPosts=Unreachable("no search here"))

    first = typed(account, US, "", NOW)
    second = typed(account, US, first.cursor, NOW + timedelta(seconds=5))
    third = typed(account, US, second.cursor, NOW + timedelta(minutes=16))

    assert (first.raws, first.again_in) == ([], 900.0)
    assert account.asked == ["searchPosts"] * 2
    assert third.cursor != second.cursor


class Feed:
    """An account whose own feed is ahead of what can be read of its posts."""

    last = None

    def __init__(self, *readable):
        self.readable = list(readable)

    def get(self, nsid, *, accept=(), **params):
        view = {"uri": f"at://{US.did}/app.bsky.feed.post/3n2uq6aywyk26", "cid": "bafyone", "record": {"text": "ciao"}}
        if nsid.endswith("getAuthorFeed"):
            found = {"feed": [{"post": view}]}
        elif error := self.readable.pop(0):
            raise error
        else:
            found = {"posts": [view] if not self.readable else []}
        return Answer(200, json.dumps(found).encode())


def test_what_we_said_elsewhere_is_asked_for_until_it_can_be_read():
    account = Feed(None, None)

    early = own(account, US, "", NOW)
    later = own(account, US, early.cursor, NOW + timedelta(seconds=21))
    again = own(Feed(), US, later.cursor, NOW + timedelta(seconds=42))

    assert (len(early.raws), len(later.raws), len(again.raws)) == (0, 1, 0)


@pytest.mark.parametrize("problem", [Unreachable("busy"), Refused("400 InvalidRequest: Profile not found")])
def test_a_moment_without_an_answer_costs_what_we_said_elsewhere_a_minute(problem):
    first = own(Feed(problem), US, "", NOW)
    second = own(Feed(None), US, first.cursor, NOW + timedelta(seconds=61))

    assert len(second.raws) == 1


def test_being_shut_out_is_said_from_every_stream():
    with pytest.raises(Disconnected):
        typed(Recorded(searchPosts=Disconnected("revoked")), US, "", NOW)


def test_when_little_is_left_listening_waits_for_the_reset():
    reset = str(int(datetime.now(UTC).timestamp()) + 120)
    scarce = Answer(200, b"", {"ratelimit-limit": "3000", "ratelimit-remaining": "10", "ratelimit-reset": reset})

    assert paced(None, 2.5) == 2.5
    assert 100 < paced(scarce, 2.5) <= 120


def test_web_processes_do_not_load_the_sdk():
    code = (
        "import django, os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; django.setup();"
        "from corale.channels.registry import adapter_for; a = adapter_for('bluesky'); a.split('ciao ' * 99);"
        "sys.exit('atproto_client' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
