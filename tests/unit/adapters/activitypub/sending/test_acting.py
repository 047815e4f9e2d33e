"""Doing something: written once, for every inbox once."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from corale.adapters.activitypub.models import Activity, Dispatch
from corale.adapters.activitypub.sending.acting import act, followers_inboxes
from tests.support.postroom import a_server, an_actor, follows, say, somebody

pytestmark = pytest.mark.django_db


def test_saying_it_twice_is_saying_it_once_and_new_inboxes_are_added():
    molino, peer = an_actor(), a_server()

    first = say(molino, (peer, "https://peer.test/inbox"))
    again = say(molino, (peer, "https://peer.test/inbox"), (peer, "https://peer.test/users/eve/inbox"))

    assert first == again
    assert Activity.objects.count() == 1
    assert sorted(Dispatch.objects.values_list("inbox", flat=True)) == [
        "https://peer.test/inbox", "https://peer.test/users/eve/inbox",
    ]  # fmt: skip


def test_what_was_not_committed_is_not_sent():
    molino, peer = an_actor(), a_server()

    with pytest.raises(IntegrityError), transaction.atomic():
        say(molino, (peer, "https://peer.test/inbox"))
        raise IntegrityError

    assert not Activity.objects.exists()
    assert not Dispatch.objects.exists()


def test_a_server_is_told_once_however_many_follow_from_there():
    molino, big, small = an_actor(), a_server("big.test"), a_server("small.test")
    for name in ("eve", "ada", "ida"):
        follows(somebody(name, big, shared="https://big.test/inbox"), molino)
    follows(somebody("uno", small), molino)
    follows(somebody("due", small), molino)
    follows(somebody("waits", small), molino, state="pending")

    assert sorted(inbox for _, inbox in followers_inboxes(molino)) == [
        "https://big.test/inbox", "https://small.test/users/due/inbox", "https://small.test/users/uno/inbox",
    ]  # fmt: skip


def test_a_blocked_server_is_told_nothing_and_a_dead_one_only_what_is_for_somebody():
    molino, blocked, dead = an_actor(), a_server("bad.test", stance="blocked"), a_server("old.test", is_dead=True)
    places = (blocked, "https://bad.test/inbox"), (dead, "https://old.test/inbox")

    say(molino, *places, number=1)
    say(molino, *places, number=2, addressed=True)

    assert [(each.activity.uri[-1], each.inbox) for each in Dispatch.objects.select_related("activity")] == [
        ("2", "https://old.test/inbox")
    ]


def test_followers_cost_the_same_queries_whatever_their_number(django_assert_num_queries):
    molino = an_actor()
    for number in range(30):
        follows(somebody("eve", a_server(f"s{number}.test")), molino)

    with django_assert_num_queries(2):
        assert len(followers_inboxes(molino)) == 30


def test_an_activity_without_a_transaction_is_a_mistake(transactional_db):
    with pytest.raises(AssertionError):
        act(an_actor(), {"id": "https://molino.test/1", "type": "Create"}, inboxes=[])
