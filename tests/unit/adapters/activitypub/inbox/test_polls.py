"""Votes: each once, summed up and told a moment later; nothing of them becomes a message."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from corale.adapters.activitypub.inbox import polls
from corale.adapters.activitypub.models import Post, Reaction
from corale.channels.models import Envelope
from corale.jobs.models import Job
from tests.support.postroom import follows
from tests.unit.adapters.activitypub.inbox.conftest import left

pytestmark = pytest.mark.django_db


def options(*names: str) -> list[dict[str, object]]:
    return [{"type": "Note", "name": each, "replies": {"type": "Collection", "totalItems": 0}} for each in names]


@pytest.fixture
def poll(said) -> Post:
    return said(kind="Question", document={"type": "Question", "oneOf": options("1 kg", "5 kg")})


def a_vote(sender, poll, name, number=1):
    return {"id": f"{sender.uri}/votes/{number}", "type": "Note", "attributedTo": sender.uri, "name": name,
            "inReplyTo": poll.uri, "to": [poll.actor.uri]}  # fmt: skip


def sums(post: Post, name: str = "oneOf") -> dict[str, int]:
    post.refresh_from_db()
    return {each["name"]: each["replies"]["totalItems"] for each in post.document[name]}


def test_many_votes_are_told_once_to_followers_and_voters(carla, person, poll):
    follows(person("fan", "fans.test").remote, poll.actor)
    for sender in (carla, person("dora"), person("elio")):
        sender.does("Create", a_vote(sender, poll, "5 kg"))
    assert Job.objects.filter(key=f"poll:{poll.pk}").count() == 1

    polls.count(poll.pk)

    assert sums(poll) == {"1 kg": 0, "5 kg": 3}
    [told] = left("Update")
    assert told["object"]["votersCount"] == 3
    assert told["object"]["updated"] if "updated" in told["object"] else told["published"]
    assert set(Envelope.objects.values_list("state", flat=True)) == {Envelope.State.IGNORED}


def test_counting_again_tells_nothing_when_nothing_changed(carla, poll):
    carla.does("Create", a_vote(carla, poll, "1 kg"))

    polls.count(poll.pk)
    polls.count(poll.pk)

    assert len(left("Update")) == 1


def test_one_person_has_one_vote_where_one_may_be_chosen(carla, poll):
    carla.does("Create", a_vote(carla, poll, "1 kg", 1))
    carla.does("Create", a_vote(carla, poll, "5 kg", 2))

    polls.count(poll.pk)

    assert sums(poll) == {"1 kg": 1, "5 kg": 0}


def test_several_votes_of_one_person_may_come_in_one_create(carla, said):
    poll = said(kind="Question", document={"type": "Question", "anyOf": options("a", "b", "c")})

    carla.does("Create", [a_vote(carla, poll, "a", 1), a_vote(carla, poll, "c", 2), a_vote(carla, poll, "c", 3)])
    polls.count(poll.pk)

    assert sums(poll, "anyOf") == {"a": 1, "b": 0, "c": 1}
    assert poll.document["votersCount"] == 1


def test_what_comes_late_or_names_something_else_is_no_vote(carla, person, poll):
    Post.objects.filter(pk=poll.pk).update(closes_at=timezone.now() - timedelta(minutes=1))

    carla.does("Create", a_vote(carla, poll, "5 kg"))
    Post.objects.filter(pk=poll.pk).update(closes_at=None)
    person("dora").does("Create", a_vote(person("elio"), poll, "5 kg"))
    carla.does("Create", a_vote(carla, poll, "7 kg"))

    assert Reaction.objects.filter(choice="7 kg").count() == 0
    assert Reaction.objects.filter(actor_uri=carla.uri).count() == 0


def test_a_poll_that_is_over_says_so_once(carla, poll):
    carla.does("Create", a_vote(carla, poll, "5 kg"))
    Post.objects.filter(pk=poll.pk).update(closes_at=timezone.now() - timedelta(seconds=1))

    polls.close_polls.func()
    polls.close_polls.func()

    assert len(left("Update")) == 1
    assert left("Update")[0]["object"]["closed"]
    assert sums(poll) == {"1 kg": 0, "5 kg": 1}
