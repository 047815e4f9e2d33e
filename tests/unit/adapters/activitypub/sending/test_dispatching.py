"""Sending: to inboxes that really listen, and to some that do not."""

from __future__ import annotations

import socket
from collections import Counter
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.utils import timezone

from corale.adapters.activitypub.models import Dispatch, Follower, RemoteActor, Server
from corale.adapters.activitypub.sending.dispatching import drain
from corale.adapters.activitypub.sending.servers import heard
from corale.adapters.activitypub.signing import PublicKey, Request, verify
from tests.support.ports import free_port
from tests.support.postroom import Arrived, Inboxes, a_server, an_actor, follows, keys, say, somebody

pytestmark = pytest.mark.django_db
State = Dispatch.State


def states() -> Counter[int]:
    return Counter(Dispatch.objects.values_list("state", flat=True))


def test_each_inbox_gets_it_once_signed_by_whoever_says_it(there: Inboxes):
    molino = an_actor()
    say(molino, *((there.server(f"127.0.1.{n}"), there.at(f"127.0.1.{n}")) for n in range(1, 31)))

    drain()

    assert len(there.arrived) == 30
    assert states() == {State.SENT: 30}
    one = there.arrived[0]
    asked = Request("POST", f"http://{one.headers['host']}{one.path}", one.path, one.headers, one.body)
    found = verify(asked, lambda key_id: PublicKey(key_id, molino.uri, keys()[1]))
    assert (found.actor_uri, found.key_id, found.scheme) == (molino.uri, molino.key_id, "cavage")
    assert one.headers["content-type"] == "application/activity+json"


def test_connections_are_kept(there: Inboxes):
    molino, peer = an_actor(), there.server()
    say(molino, *((peer, there.at(path=f"/{n}/inbox")) for n in range(20)))
    seen: set[str] = set()
    there.answers = lambda arrived: (seen.add(arrived.headers["x-from"]) or 202, {})

    drain()

    assert len(there.arrived) == 20
    assert len(seen) <= 4


def test_never_more_than_two_of_one_server_at_once(there: Inboxes):
    peer, three = there.server(), Barrier(3)
    say(an_actor(), *((peer, there.at(path=f"/{n}/inbox")) for n in range(8)))
    met: list[bool] = []

    def answer(_arrived: Arrived) -> tuple[int, dict[str, str]]:
        try:
            three.wait(0.2)
            met.append(True)
        except BrokenBarrierError:
            three.reset()
        return 202, {}

    there.answers = answer
    drain()

    assert len(there.arrived) == 8
    assert not met


def test_what_one_says_to_one_inbox_arrives_in_its_order(there: Inboxes):
    molino, peer = an_actor(), there.server()
    for number in range(12):
        say(molino, (peer, there.at()), number=number)

    drain()

    assert there.ids == [str(number) for number in range(12)]


def test_whoever_does_not_believe_one_signature_is_shown_the_other_and_that_is_remembered(there: Inboxes):
    molino, peer = an_actor(), there.server()
    there.answers = lambda arrived: (202 if "signature-input" in arrived.headers else 401, {})

    say(molino, (peer, there.at()), number=1)
    drain()
    say(molino, (peer, there.at()), number=2)
    drain()

    assert ["signature-input" in each.headers for each in there.arrived] == [False, True, True]
    assert Server.objects.get(pk=peer.pk).scheme == "rfc9421"
    assert states() == {State.SENT: 2}


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 422, 501])
def test_what_is_refused_for_good_is_not_tried_again(there: Inboxes, status: int):
    there.answers = lambda _arrived: (status, {})
    say(an_actor(), (there.server(), there.at()))

    drain()

    dispatch = Dispatch.objects.get()
    assert (dispatch.state, dispatch.answered) == (State.FAILED, status)
    assert Server.objects.get().failures == 0


@pytest.mark.parametrize("status", [401, 408, 429, 500, 502, 503, 302])
def test_what_may_pass_is_tried_again_later(there: Inboxes, status: int):
    there.answers = lambda _arrived: (status, {})
    say(an_actor(), (there.server(), there.at()))

    drain()

    dispatch = Dispatch.objects.get()
    assert (dispatch.state, dispatch.answered, dispatch.attempts) == (State.WAITING, status, 1)
    assert dispatch.next_at > timezone.now() + timedelta(seconds=30)


def test_whoever_asks_us_to_wait_is_not_asked_before(there: Inboxes):
    molino, peer = an_actor(), there.server()
    there.answers = lambda _arrived: (429, {"Retry-After": "7200"})
    say(molino, *((peer, there.at(path=f"/{n}/inbox")) for n in range(6)))

    drain()

    assert len(there.arrived) <= 2
    assert not Dispatch.objects.filter(next_at__lt=timezone.now() + timedelta(seconds=7100)).exists()


def test_an_inbox_that_is_gone_ends_what_its_owner_followed(there: Inboxes):
    molino, peer = an_actor(), there.server()
    eve = somebody("eve", peer, scheme="http")
    ada = somebody("ada", peer, scheme="http")
    follows(eve, molino)
    follows(ada, molino)
    there.answers = lambda arrived: (410 if "eve" in arrived.path else 202, {})
    say(molino, (peer, eve.inbox), (peer, ada.inbox))

    drain()

    assert RemoteActor.objects.exclude(gone_at=None).get() == eve
    assert Follower.objects.filter(ended_at=None).get().remote == ada
    molino.refresh_from_db()
    assert molino.followers_count == 1


def test_a_server_that_does_not_answer_is_left_alone_after_three_times_and_the_others_get_theirs(there: Inboxes):
    molino, nobody = an_actor(), free_port()
    dead = a_server(f"127.0.0.9:{nobody}")
    say(molino, *((dead, f"http://127.0.0.9:{nobody}/{n}/inbox") for n in range(40)),
        *((there.server(f"127.0.2.{n}"), there.at(f"127.0.2.{n}")) for n in range(1, 21)))  # fmt: skip

    drain()

    dead.refresh_from_db()
    assert len(there.arrived) == 20
    assert 3 <= dead.failures <= 5
    assert dead.closed_until > timezone.now()
    assert not Dispatch.objects.filter(server=dead, next_at__lt=timezone.now()).exists()


def test_when_it_answers_again_everything_that_waited_leaves(there: Inboxes):
    molino = an_actor()
    peer = there.server(failures=7, failing_since=timezone.now() - timedelta(days=2))
    say(molino, *((peer, there.at(path=f"/{n}/inbox")) for n in range(9)))
    later = timezone.now() + timedelta(hours=5)
    Dispatch.objects.exclude(inbox=there.at(path="/0/inbox")).update(next_at=later, attempts=4)

    drain()

    peer.refresh_from_db()
    assert (peer.failures, peer.failing_since) == (0, None)
    assert states() == {State.SENT: 9}


def test_a_server_away_for_three_weeks_is_dead_and_remembered_when_it_is_heard():
    nobody = free_port()
    molino, peer = an_actor(), a_server(
        f"127.0.0.9:{nobody}", failures=50, failing_since=timezone.now() - timedelta(weeks=4)
    )  # fmt: skip
    inbox = (peer, f"http://127.0.0.9:{nobody}/inbox")
    say(molino, inbox, (peer, f"http://127.0.0.9:{nobody}/other"), number=1)
    drain()
    dropped = states()
    peer.refresh_from_db()
    say(molino, inbox, number=2)

    heard(peer.pk)
    peer.refresh_from_db()
    say(molino, inbox, number=3)

    assert set(dropped) <= {State.DROPPED, State.FAILED, State.WAITING}
    assert dropped[State.WAITING] <= 1
    assert not Dispatch.objects.filter(activity__uri__endswith="/2").exists()
    assert Dispatch.objects.filter(activity__uri__endswith="/3", state=State.WAITING).exists()


def test_after_a_week_nobody_tries_any_more():
    nobody = free_port()
    activity = say(an_actor(), (a_server(f"127.0.0.9:{nobody}"), f"http://127.0.0.9:{nobody}/inbox"))
    type(activity).objects.update(created_at=timezone.now() - timedelta(days=7))

    drain()

    assert states() == {State.FAILED: 1}


def test_what_goes_to_a_server_that_was_blocked_meanwhile_is_dropped(there: Inboxes):
    peer = there.server()
    say(an_actor(), (peer, there.at()))
    Server.objects.update(stance="blocked")

    drain()

    assert not there.arrived
    assert states() == {State.DROPPED: 1}


def test_an_address_in_our_own_house_is_not_knocked_at(settings, there: Inboxes):
    say(an_actor(), (a_server("10.0.0.1"), "http://10.0.0.1/inbox"))

    drain()

    assert "NotAllowed" in Dispatch.objects.get().problem


def test_a_server_that_takes_and_never_answers_delays_nobody(there: Inboxes):
    molino = an_actor()
    with socket.create_server(("127.0.0.8", 0), backlog=64) as deaf:
        port = deaf.getsockname()[1]
        slow = a_server(f"127.0.0.8:{port}")
        say(molino, *((slow, f"http://127.0.0.8:{port}/{n}") for n in range(2)), number=1, addressed=True)
        say(molino, *((there.server(f"127.0.3.{n}"), there.at(f"127.0.3.{n}")) for n in range(1, 40)), number=2)

        drain(until=lambda: states()[State.SENT] == 39)

    assert len(there.arrived) == 39
