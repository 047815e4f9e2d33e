"""Everything wrong that others send, brought to the inbox: the right answer at once, and the right outcome after all
queues have drained. Nothing is ever our mistake (500), nothing stops what comes behind it."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from corale.adapters.activitypub.models import Stumble
from corale.conversations.models import Message
from corale.jobs.drain import drain
from corale.jobs.models import Job
from tests.unit.adapters.activitypub.inbox.delivering import HOUSE, create, like, note
from tests.unit.adapters.activitypub.test_malformed import junk

pytestmark = pytest.mark.django_db
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


def nested(depth):
    inner = {"name": "x"}
    for _ in range(depth):
        inner = {"object": inner}
    return inner


def away(eve, path):
    """On a server of which Eve is not."""
    return eve.replace("127.0.0.1", "127.0.0.2").removesuffix("/users/eve") + path


def said(**changes):
    """A Create of an odd note."""
    return lambda eve: create(eve, object=note(eve, **changes), to=changes.get("to", [PUBLIC]))


HEARD, NOTHING = 1, 0
CORPUS = {
    "a list for an object": (202, HEARD, lambda eve: create(eve, object=[note(eve)])),
    "an object for a list": (202, HEARD, said(to={"0": PUBLIC}, cc={"0": f"{HOUSE}/actors/molino"})),
    "one tag without its list": (202, HEARD, said(tag={"type": "Mention", "href": f"{HOUSE}/actors/molino"})),
    "numbers for words": (202, HEARD, said(summary=7, name=[], published=1790000000)),
    "an author inside a list": (202, HEARD, lambda eve: create(eve, object=note(eve, attributedTo=[eve]))),
    "a string for a recipient": (202, HEARD, said(to=PUBLIC, cc=f"{HOUSE}/actors/molino")),
    "Public by its whole name": (202, HEARD, said(to=[PUBLIC])),
    "Public with a prefix": (202, HEARD, said(to=["as:Public"])),
    "Public alone": (202, HEARD, said(to="Public")),
    "no time": (202, HEARD, said(published=None)),
    "no words": (202, HEARD, said(content=None)),
    "no address of the activity": (202, HEARD, lambda eve: create(eve, id=None)),
    "no recipients at all": (202, HEARD, said(to=None, cc=None)),
    "a context that nobody can fetch": (202, HEARD, said(**{"@context": "https://unreachable.test/context"})),
    "a context that changes names": (202, HEARD, said(**{"@context": {"content": "https://x.test/#other"}})),
    "names of two hundred thousand letters": (202, HEARD, said(name="x" * 100_000, summary="x" * 100_000)),
    "names of a megabyte": (413, NOTHING, said(name="x" * 1_000_000)),
    "deep nesting": (400, NOTHING, lambda eve: create(eve, deep=nested(60))),
    "deeper nesting": (400, NOTHING, lambda eve: create(eve, deep=nested(900))),
    "a type that is a number": (400, NOTHING, lambda eve: create(eve, type=7)),
    "no type": (400, NOTHING, lambda eve: create(eve, type=None)),
    "no object": (202, NOTHING, lambda eve: create(eve, object=None)),
    "an object that is a number": (202, NOTHING, lambda eve: create(eve, object=7)),
    "an unknown activity": (202, NOTHING, lambda eve: create(eve, type="Wave")),
    "an unknown object": (202, NOTHING, lambda eve: create(eve, object={"id": f"{eve}/t", "type": "Thing"})),
    "a like of nothing": (202, NOTHING, lambda eve: like(eve, object={})),
    "an undo of nothing": (202, NOTHING, lambda eve: {"type": "Undo", "actor": eve, "object": []}),
    "a follow of nobody": (202, NOTHING, lambda eve: {"type": "Follow", "actor": eve, "object": f"{HOUSE}/nobody"}),
    "an activity's id elsewhere": (403, NOTHING, lambda eve: create(eve, id=away(eve, "/1"))),
    "an object's id elsewhere": (202, NOTHING, lambda eve: create(eve, object=note(eve, id=away(eve, "/notes/1")))),
    "an author elsewhere": (
        202,
        NOTHING,
        lambda eve: create(eve, object=note(eve, attributedTo=away(eve, "/mallory"))),
    ),
    "a deletion of what stands elsewhere": (
        202,
        NOTHING,
        lambda eve: {"type": "Delete", "actor": eve, "object": away(eve, "/notes/1")},
    ),
    "deletions of others' things": (
        403,
        NOTHING,
        lambda eve: {"type": "Delete", "actor": eve, "object": [away(eve, "/1"), away(eve, "/2")]},
    ),
}
NOW = datetime.now(UTC)
SIGNED = {
    "somebody else's key": {"key": "mallory"},
    "another body than was signed": {"sent_as": json.dumps(create("http://127.0.0.1:1/users/eve", 2)).encode()},
    "no digest": {"change": {"Digest": None}},
    "no signature": {"change": {"Signature": None}},
    "yesterday's date": {"at": NOW - timedelta(days=1)},
    "tomorrow's date": {"at": NOW + timedelta(days=1)},
}


def heard() -> int:
    """Messages of Eve's in the record."""
    return Message.objects.filter(native_id__contains="/users/eve/notes/").count()


def all_is_well(deliver, eve) -> bool:
    """All queues are empty, nothing has failed, and what comes next arrives."""
    before = heard()
    assert deliver(create(eve, 99_000 + before)).status_code == 202
    drain()
    assert not Job.objects.filter(state="failed").exists() and not Stumble.objects.filter(set_aside_at=None).exists()
    return heard() == before + 1


@pytest.mark.parametrize("name", CORPUS)
def test_what_is_wrong_is_answered_and_comes_to_what_it_should(name, there, deliver):
    status, arrives, activity = CORPUS[name]
    eve = there.person("eve")

    answered = deliver(activity(eve), signer=eve).status_code
    drain()

    assert (answered, heard()) == (status, arrives)
    assert all_is_well(deliver, eve)


@pytest.mark.parametrize("name", SIGNED)
def test_what_is_wrongly_signed_changes_nothing_now_or_later(name, there, deliver):
    eve = there.person("eve")

    answered = deliver(create(eve), **SIGNED[name]).status_code
    drain()

    assert (answered, heard()) == (401, NOTHING)
    assert all_is_well(deliver, eve)


def test_what_is_replayed_is_heard_once(there, deliver):
    eve = there.person("eve")
    for _ in range(3):
        assert deliver(create(eve)).status_code == 202
        drain()
    for path in ("/actors/molino/inbox", "/inbox"):
        assert deliver(create(eve), path).status_code == 202
    drain()

    assert heard() == 1
    assert all_is_well(deliver, eve)


def test_the_three_spellings_of_public_are_one_audience(there, deliver):
    eve = there.person("eve")
    for number, spelling in enumerate([PUBLIC, "as:Public", "Public"], 1):
        deliver(create(eve, number, object=note(eve, number, to=spelling), to=spelling))
    drain()

    audiences = [each.extras.get("audience", "public") for each in Message.objects.filter(native_id__contains="eve")]
    assert audiences == ["public"] * 3


FIELDS = ["id", "type", "object", "to", "cc", "tag", "attachment", "published", "content", "inReplyTo", "attributedTo",
          "url", "@context", "quote", "context", "replies", "oneOf", "source", "name", "summary"]  # fmt: skip


@given(
    changes=some.dictionaries(some.sampled_from(FIELDS), junk, min_size=1, max_size=4),
    inside=some.booleans(),
    kind=some.sampled_from(["Create", "Update", "Delete", "Like", "Announce", "Undo", "Move", "Flag", "Block", "Add"]),
)
@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_whatever_is_changed_in_it_nothing_breaks_and_the_next_one_arrives(there, deliver, changes, inside, kind):
    eve = there.person("eve")
    activity = copy.deepcopy(create(eve, type=kind))
    (activity["object"] if inside else activity).update(changes)

    status = deliver(activity, signer=eve, body=json.dumps(activity).encode()).status_code
    drain()

    assert status in {202, 400, 403}
    assert all_is_well(deliver, eve)
