"""Claiming: those spoken to first, two of a server at once, each lane in its order, what died taken over."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from corale.adapters.activitypub.models import Dispatch, Server
from corale.adapters.activitypub.sending.claiming import Claimed, claim, is_due, take_over
from corale.jobs.identity import place
from tests.support.postroom import a_server, an_actor, say

pytestmark = pytest.mark.django_db


def test_whoever_is_spoken_to_comes_before_the_followers():
    molino = an_actor()
    say(molino, (a_server("a.test"), "https://a.test/inbox"), number=1)
    say(molino, (a_server("b.test"), "https://b.test/inbox"), number=2, addressed=True)

    assert [each.inbox for each in claim("me", 1)] == ["https://b.test/inbox"]


def test_two_of_a_server_at_once_and_one_while_it_fails():
    molino, well, ill = an_actor(), a_server("well.test"), a_server("ill.test", failures=1)
    say(molino, *((well, f"https://well.test/{n}/inbox") for n in range(5)))
    say(molino, *((ill, f"https://ill.test/{n}/inbox") for n in range(5)), number=2)

    first = Counter(each.server_id for each in claim("me", 50))

    assert first == {well.pk: 2, ill.pk: 1}
    assert claim("another", 50) == []


def test_what_one_says_to_one_inbox_goes_in_its_order():
    molino, anna = an_actor(), an_actor("anna", "person")
    peer = a_server()
    say(molino, (peer, "https://peer.test/inbox"), number=1)
    say(molino, (peer, "https://peer.test/inbox"), number=2)
    say(anna, (peer, "https://peer.test/inbox"), number=3)

    taken = claim("me", 50)

    assert [each.activity_id for each in taken] == [
        activity.pk for activity in (say(molino, number=1), say(anna, number=3))
    ]


def test_one_thing_that_they_choke_on_does_not_hold_up_what_comes_after_it_for_ever():
    molino, peer = an_actor(), a_server()
    say(molino, (peer, "https://peer.test/inbox"), number=1)
    say(molino, (peer, "https://peer.test/inbox"), number=2)
    later = timezone.now() + timedelta(hours=1)

    Dispatch.objects.filter(activity__uri__endswith="/1").update(attempts=1, answered=500, next_at=later)
    waits = is_due()
    Dispatch.objects.filter(activity__uri__endswith="/1").update(attempts=3, answered=503, next_at=later)
    waits_too = is_due()
    Dispatch.objects.filter(activity__uri__endswith="/1").update(attempts=3, answered=500, next_at=later)

    assert (waits, waits_too) == (False, False)
    assert [each.activity_id for each in claim("me", 5)] == [say(molino, number=2).pk]


def test_a_server_that_rests_is_left_alone_and_the_others_do_not_wait_behind_it():
    molino, rests, well = an_actor(), a_server("rests.test"), a_server("well.test")
    say(molino, *((rests, f"https://rests.test/{n}/inbox") for n in range(500)), number=1)
    say(molino, (well, "https://well.test/inbox"), number=2)
    Server.objects.filter(pk=rests.pk).update(closed_until=timezone.now() + timedelta(minutes=1))

    assert [each.server_id for each in claim("me", 50)] == [well.pk]
    assert not is_due()


def test_a_long_queue_of_one_server_does_not_starve_the_others():
    molino, long, short = an_actor(), a_server("long.test"), a_server("short.test")
    say(molino, *((long, f"https://long.test/{n}/inbox") for n in range(900)), number=1)
    say(molino, (short, "https://short.test/inbox"), number=2)

    claim("me", 50)

    assert [each.server_id for each in claim("me", 50)] == [short.pk]


def test_what_a_dead_process_held_is_taken_over():
    molino, peer = an_actor(), a_server()
    say(molino, (peer, "https://peer.test/inbox"))
    dead = f"{place()}:999999999:abcd"
    claim(dead, 5)
    nothing = claim("me", 5)

    take_over("me")

    assert nothing == []
    assert [each.attempt for each in claim("me", 5)] == [2]


def test_what_nobody_renewed_is_taken_over_when_its_lease_ends():
    say(an_actor(), (a_server(), "https://peer.test/inbox"))
    claim("elsewhere", 5)
    Dispatch.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    assert len(claim("me", 5)) == 1


@pytest.mark.django_db(transaction=True)
def test_claimers_at_once_hold_the_limit_together_and_take_nothing_twice():
    peer = a_server()
    say(an_actor(), *((peer, f"https://peer.test/{n}/inbox") for n in range(20)))
    held: list[Claimed] = []
    ready = threading.Barrier(4)

    def work(name: str) -> None:
        ready.wait()
        held.extend(claim(name, 10))
        connection.close()

    threads = [threading.Thread(target=work, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({each.id for each in held}) == len(held) == 2
