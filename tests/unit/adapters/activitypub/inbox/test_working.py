"""Everything that was kept is done, in order, once; what cannot be done does not stop the rest."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from corale.adapters.activitypub.inbox import verbs, working
from corale.adapters.activitypub.inbox.pruning import prune
from corale.adapters.activitypub.models import (
    Complaint,
    Follower,
    Overheard,
    Reaction,
    Stamp,
    Stumble,
    Tombstone,
)
from corale.channels.actions.keep import keep
from corale.channels.contract import Raw
from corale.channels.errors import Unreachable
from corale.channels.models import Cursor
from corale.conversations.models import Message
from tests.unit.adapters.activitypub.inbox.conftest import left

pytestmark = pytest.mark.django_db


def due_now() -> None:
    Stumble.objects.filter(set_aside_at=None).update(next_at=timezone.now())


def test_a_worker_goes_on_where_it_stopped(carla, said, arrives):
    posts = [said() for _ in range(5)]
    for post in posts:
        carla.sends("Like", post.uri)

    assert arrives().done == 5
    assert arrives().done == 0
    assert Cursor.objects.get(stream="inbox").value != ""


def test_whoever_was_killed_in_the_middle_does_nothing_twice(carla, brand, said, house):
    post = said()
    carla.sends("Follow", brand.uri)
    carla.sends("Like", post.uri)
    working.work(house)

    Cursor.objects.update(value="0")
    working.work(house)

    brand.refresh_from_db()
    assert (Follower.objects.count(), brand.followers_count, Reaction.objects.count()) == (1, 1, 1)


def test_what_a_killed_worker_had_done_is_read_by_the_record_all_the_same(carla, brand, house, monkeypatch):
    tag = {"type": "Mention", "href": brand.uri, "name": "@molino@molino.test"}
    note = carla.note("Quanto costa?", cc=[brand.uri], tag=[tag])
    carla.sends("Create", note)
    with monkeypatch.context() as killed:
        killed.setattr(working.envelopes_kept, "send", _killed)
        with pytest.raises(KeyboardInterrupt):
            working.work(house)
    assert not Message.objects.filter(native_id=note["id"]).exists()

    assert working.work(house).done == 0

    assert Message.objects.get(native_id=note["id"]).text == "Quanto costa?"


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_poison_message_stops_nobody_and_is_shown(carla, person, said, house, monkeypatch):
    def poison(arrival):
        raise ValueError("nobody thought of this")

    monkeypatch.setitem(verbs.VERBS, "Listen", poison)
    post = said()
    carla.sends("Listen", post.uri)
    carla.sends("Like", post.uri)
    person("dora").sends("Like", post.uri)

    working.work(house)

    assert Reaction.objects.count() == 2
    stumble = Stumble.objects.get()
    assert stumble.set_aside_at is not None
    assert "nobody thought of this" in stumble.problem


def test_what_could_not_be_reached_is_tried_again_and_the_same_sender_waits_behind_it(
    carla, person, said, house, monkeypatch
):  # fmt: skip
    reachable = []

    def far(arrival):
        if not reachable:
            raise Unreachable("nobody there")

    monkeypatch.setitem(verbs.VERBS, "Listen", far)
    post = said()
    carla.sends("Listen", post.uri)
    carla.sends("Like", post.uri)
    person("dora").sends("Like", post.uri)

    working.work(house)
    assert list(Reaction.objects.values_list("actor_uri", flat=True)) == ["https://peer.test/users/dora"]

    due_now()
    working.work(house)
    assert Reaction.objects.count() == 1

    reachable.append(True)
    due_now()
    working.work(house)
    assert Reaction.objects.count() == 2
    assert not Stumble.objects.exists()


def test_after_many_attempts_it_is_set_aside_and_the_sender_goes_on(carla, said, house, monkeypatch):
    def far(arrival):
        raise Unreachable("nobody there")

    monkeypatch.setitem(verbs.VERBS, "Listen", far)
    post = said()
    carla.sends("Listen", post.uri)
    carla.sends("Like", post.uri)

    for _ in range(7):
        due_now()
        working.work(house)

    assert Stumble.objects.get().set_aside_at is not None
    assert Reaction.objects.count() == 1


def test_trouble_with_the_database_is_no_fault_of_the_message(carla, said, house, monkeypatch):
    def broken(arrival):
        raise OperationalError("database is locked")

    monkeypatch.setitem(verbs.VERBS, "Listen", broken)
    carla.sends("Listen", said().uri)

    with pytest.raises(OperationalError):
        working.work(house)

    assert not Stumble.objects.exists()
    assert not Cursor.objects.filter(stream="inbox").exists()


@pytest.mark.parametrize("body", [b"not json", b"[]", b"{}", b'{"type": 7}', b'{"type": "Like"}', b'{"type": ["Undo"]}',
                                  b'{"type": "Create", "object": []}', b'{"type": "Flag", "object": {}}'])  # fmt: skip
def test_nonsense_is_passed_over(house, body):
    keep(house, [Raw("nonsense", body, {"base": "https://molino.test", "signer": "https://peer.test/users/x"})])

    assert working.work(house).done == 1
    assert not Stumble.objects.exists()


def test_what_has_no_effect_here_is_kept_and_passed_over(carla, said, house):
    for kind in ("Add", "Remove", "View", "Dislike", "Question"):
        carla.sends(kind, said().uri)

    assert working.work(house).done == 5


def test_a_complaint_waits_for_somebody_to_look_at_it(person, said, brand):
    post = said()
    theirs = person("server", "peer.test")

    flag = theirs.does("Flag", [brand.uri, post.uri, "https://peer.test/notes/1"], content="<p>Spam.</p>")
    theirs.does("Flag", [brand.uri, post.uri], id=flag["id"], key="again")
    theirs.does("Flag", ["https://elsewhere.test/1"], content="not ours")

    complaint = Complaint.objects.get()
    assert (complaint.words, complaint.about) == ("Spam.", [brand.uri, post.uri])


def test_who_asks_may_quote_what_is_public_and_nothing_else(carla, said):
    public, private = said(), said(audience="followers")

    carla.does("QuoteRequest", public.uri, instrument=carla.note(quote=public.uri))
    carla.does("QuoteRequest", public.uri, instrument="https://peer.test/users/carla/notes/9")
    carla.does("QuoteRequest", private.uri, instrument=carla.note(quote=private.uri))

    first, second = left("Accept")
    assert first["result"] != second["result"]
    assert Stamp.objects.get(quoting="https://peer.test/users/carla/notes/9").uri == second["result"]
    assert second["object"]["instrument"] == "https://peer.test/users/carla/notes/9"
    assert [each["object"]["object"] for each in left("Reject")] == [private.uri]


def test_nobody_gets_leave_for_another_servers_quotation(carla, said):
    carla.does("QuoteRequest", said().uri, instrument="https://elsewhere.test/notes/1")

    assert not Stamp.objects.exists()


def test_what_is_old_is_forgotten_a_piece_at_a_time():
    old = timezone.now() - timedelta(days=100)
    Tombstone.objects.create(key=1, uri="https://peer.test/1", at=old)
    Tombstone.objects.create(key=2, uri="https://peer.test/2")
    Overheard.objects.create(key=1, uri="https://peer.test/1", at=old)
    Stumble.objects.create(envelope_id=1, sender_key=1, set_aside_at=old)
    Stumble.objects.create(envelope_id=2, sender_key=1)

    prune.func()

    assert list(Tombstone.objects.values_list("key", flat=True)) == [2]
    assert not Overheard.objects.exists()
    assert list(Stumble.objects.values_list("envelope_id", flat=True)) == [2]
