"""The thread around what is said to us: asked for where it lives, within bounds, once an hour."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from corale.adapters.activitypub.inbox.working import work
from corale.adapters.activitypub.models import Overheard, Server
from corale.adapters.activitypub.threads import following_up, gathering
from corale.channels.actions.keep import keep
from corale.channels.contract import Raw
from corale.channels.keys import key_of
from corale.channels.models import Envelope
from corale.jobs.models import Job
from tests.support.neighbours import Neighbour, neighbour
from tests.support.postroom import somebody
from tests.unit.adapters.activitypub.inbox.conftest import PUBLIC, Sender

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(house):
    with neighbour() as server:
        yield server


@pytest.fixture
def dora(there, house) -> Sender:
    server = Server.objects.create(host=f"127.0.0.1:{there.port}")
    return Sender(house, somebody("dora", server, scheme="http"))


def note(there: Neighbour, name: str, parent: str = "", **more: object) -> str:
    """Something that eve says there; its address."""
    uri = there.at(f"/notes/{name}")
    there.serve(f"/notes/{name}", {"id": uri, "type": "Note", "attributedTo": there.at("/users/eve"), "to": [PUBLIC],
                                   "content": f"<p>{name}</p>", "inReplyTo": parent or None} | more)  # fmt: skip
    return uri


def chain(there: Neighbour, length: int) -> list[str]:
    """Notes that answer each other, the first one first."""
    uris = [note(there, "0")]
    for number in range(1, length):
        uris.append(note(there, str(number), uris[-1]))
    return uris


def asks_us(dora: Sender, brand, parent: str, **more: object) -> dict[str, object]:
    said = dora.note(inReplyTo=parent, to=[PUBLIC, brand.uri], **more)
    dora.does("Create", said)
    return said


def fetched() -> list[str]:
    """The ids of what was asked for and kept, in order."""
    kept = Envelope.objects.filter(headers__fetched="object").order_by("pk")
    return [json.loads(bytes(each.body))["id"] for each in kept]


def root_of_last_arrival() -> str:
    arrived = [each for each in Envelope.objects.order_by("-pk") if "signer" in each.headers]
    return str(arrived[0].headers.get("root", ""))


def test_what_somebody_answers_is_there_up_to_the_beginning(there, dora, brand):
    uris = chain(there, 4)

    asks_us(dora, brand, uris[-1])

    assert fetched() == uris[::-1]
    assert root_of_last_arrival() == uris[0]
    assert {each.headers["root"] for each in Envelope.objects.filter(headers__fetched="object")} == {uris[0]}


def test_nothing_is_asked_for_twice_within_the_hour(there, dora, brand):
    uris = chain(there, 3)
    for _ in range(3):
        asks_us(dora, brand, uris[-1])
    assert sorted(there.paths()) == ["/notes/0", "/notes/1", "/notes/2"]
    assert root_of_last_arrival() == uris[0]

    Overheard.objects.filter(key=key_of(uris[-1])).update(at=timezone.now() - timedelta(hours=2), root="", parent="")
    asks_us(dora, brand, uris[-1])

    assert len(there.paths()) == 4


def test_what_is_missing_is_left_out_and_not_asked_for_again(there, dora, brand):
    parent = note(there, "1", there.at("/notes/gone"))

    first = asks_us(dora, brand, parent)
    asks_us(dora, brand, str(first["id"]))

    assert fetched() == [parent]
    assert there.paths().count("/notes/gone") == 1
    assert root_of_last_arrival() == there.at("/notes/gone")


def test_a_thread_that_never_ends_is_left_after_twenty(there, dora, brand):
    uris = chain(there, 30)

    asks_us(dora, brand, uris[-1])

    assert len(fetched()) == following_up.DEPTH


def test_a_circle_has_an_end(there, dora, brand):
    note(there, "a", there.at("/notes/b"))
    note(there, "b", there.at("/notes/a"))

    asks_us(dora, brand, there.at("/notes/a"))

    assert len(fetched()) == 2


def test_what_is_not_said_to_us_asks_nobody(there, dora, brand):
    said = dora.note(inReplyTo=note(there, "1"))

    dora.does("Create", said)

    assert there.paths() == []


def test_answers_to_ours_need_no_asking(there, dora, brand, said):
    ours = said()

    first = asks_us(dora, brand, ours.uri)
    asks_us(dora, brand, str(first["id"]))

    assert there.paths() == []
    assert root_of_last_arrival() == ""


def test_what_leads_up_to_ours_stands_under_it(there, dora, brand, said):
    between = note(there, "1", said().uri)

    asks_us(dora, brand, between)

    assert fetched() == [between]


def test_an_impostor_is_not_believed(there, dora, brand):
    uri = there.at("/notes/forged")
    there.serve("/notes/forged", {"id": uri, "type": "Note", "attributedTo": "https://bank.test/users/ceo",
                                  "to": [PUBLIC], "content": "<p>Pay.</p>"})  # fmt: skip

    asks_us(dora, brand, uri)

    assert fetched() == []


def gathered(house) -> None:
    """The jobs that wait, as a worker does them."""
    for job in Job.objects.filter(task__contains="gathering", state="waiting"):
        args, _kwargs = json.loads(job.arguments)
        gathering._gather.func(*args)
        job.delete()


def test_the_rest_of_the_thread_follows_a_moment_later(there, dora, brand, house):
    there.person("eve")
    top = note(there, "0", replies=there.at("/replies"), context=there.at("/context"))
    aside, other = note(there, "aside", top), note(there, "other", top)
    there.serve("/context", {"id": there.at("/context"), "type": "OrderedCollection", "orderedItems": [top, aside]})
    first = {"id": there.at("/replies?page=1"), "type": "CollectionPage", "items": [aside, {"id": other}]}
    there.serve("/replies", {"id": there.at("/replies"), "type": "Collection", "first": first["id"]})
    there.serve("/replies?page=1", first)

    asks_us(dora, brand, top)
    assert fetched() == [top]
    gathered(house)

    assert fetched() == [top, aside, other]
    assert {each.headers["root"] for each in Envelope.objects.filter(headers__fetched="object")} == {top}


def test_a_thread_without_end_is_gathered_up_to_forty(there, dora, brand, house):
    there.person("eve")
    uris = [note(there, f"r{number}") for number in range(60)]
    top = note(there, "0", context=there.at("/context"))
    there.serve("/context", {"id": there.at("/context"), "type": "OrderedCollection", "orderedItems": uris})

    asks_us(dora, brand, top)
    gathered(house)

    assert len(fetched()) == 1 + gathering.COUNT


def test_something_told_by_its_address_alone_is_asked_for(there, dora, brand, house):
    uri = note(there, "bare", to=[PUBLIC, brand.uri])

    dora.does("Create", uri)

    kept = Envelope.objects.get(headers__fetched="object")
    assert kept.headers["delivered"]
    assert work(house).done == 0


def test_of_what_is_only_passed_on_nothing_is_believed_but_its_address(there, dora, brand, house):
    uri = note(there, "true", to=[PUBLIC, brand.uri])
    told = {"id": uri, "type": "Note", "content": "<p>Untrue</p>", "attributedTo": there.at("/users/eve")}
    body = {"id": "https://relay.test/1", "type": "Create", "actor": there.at("/users/eve"), "object": told}
    headers = {"base": "https://molino.test", "inbox": "", "signer": "https://relay.test/actor", "wanted": uri}
    raw = Raw("https://relay.test/1 ", json.dumps(body).encode(), headers)
    keep(house, [raw])

    work(house)

    first, second = Envelope.objects.order_by("pk")
    assert first.state == Envelope.State.IGNORED
    assert list(house.adapter.read(raw)) == []
    assert b"Untrue" not in bytes(second.body)
    assert second.headers["delivered"]


def test_a_group_is_not_believed_but_what_it_passes_on_is_asked_for(there, dora, brand, said, house):
    uri = note(there, "reply", said().uri)
    inner = {"type": "Create", "actor": there.at("/users/eve"), "id": there.at("/c/1"),
             "object": {"id": uri, "type": "Note", "inReplyTo": said().uri, "content": "<p>Changed on the way</p>",
                        "attributedTo": there.at("/users/eve")}}  # fmt: skip

    dora.does("Announce", inner)

    kept = Envelope.objects.get(headers__fetched="object")
    assert b"Changed on the way" not in bytes(kept.body)


def test_what_a_group_says_is_deleted_is_looked_for(there, dora, brand, said, house):
    there.serve("/notes/gone", b"", status=410)
    uri = there.at("/notes/gone")
    inner = {"type": "Delete", "actor": there.at("/users/eve"), "object": {"id": uri, "inReplyTo": said().uri}}

    dora.does("Announce", inner)

    assert json.loads(bytes(Envelope.objects.get(headers__fetched="object").body))["type"] == "Tombstone"
