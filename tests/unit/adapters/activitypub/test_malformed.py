"""Whatever arrives is understood, passed over, or Malformed: nothing else, and never more public than it says."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from corale.adapters.activitypub.wire.fields import ADDRESS, NAME
from corale.adapters.activitypub.wire.html import TEXT
from corale.adapters.activitypub.wire.reading import ACTIVITIES, read
from corale.adapters.activitypub.wire.things import NESTING
from corale.channels.contract import Event, Known, Raw, Reacted, Said, Unreacted, Vanished
from corale.channels.errors import Malformed
from tests.unit.adapters.activitypub.arrivals import ARRIVALS, BASE, CARLA, MOLINO, POST, PUBLIC, create, events, note

HEADERS = {"base": BASE}


def tried(thing, headers=None):
    """The events, or None where it was Malformed. Anything else fails."""
    body = thing if isinstance(thing, bytes) else json.dumps(thing).encode()
    try:
        found = list(read(Raw("some", body, headers or HEADERS)))
    except Malformed:
        return None
    assert all(isinstance(each, Event) for each in found)
    return found


def nested(depth, inner="x"):
    for _ in range(depth):
        inner = {"object": inner}
    return inner


MALFORMED = {
    "nothing": b"",
    "not JSON": b"{",
    "not text": b"\xff\xfe\xff",
    "a string": b'"https://x.example"',
    "a number": b"7",
    "null": b"null",
    "an empty object": b"{}",
    "a list of two": json.dumps([note(), note()]).encode(),
    "brackets without end": b"[" * 100_000,
    "a number of many digits": b'{"type": ' + b"9" * 10_000 + b"}",
    "nested too deeply": json.dumps({**create(), "deep": nested(NESTING + 1)}).encode(),
    "nested too deeply in lists": b'{"type": "Like", "x": ' + b"[" * (NESTING + 2) + b"]" * (NESTING + 2) + b"}",
    "of no kind": {"id": CARLA, "content": "x", "attributedTo": CARLA},
    "an activity of nobody": {**create(), "actor": None},
    "an activity of a name": {**create(), "actor": "carla"},
    "an activity of an object without id": {**create(), "actor": {"type": "Person"}},
    "an activity upon nothing": {**create(), "object": None},
    "an activity upon an empty list": {**create(), "object": []},
    "something said without an address": create(note(id=None)),
    "something said at a string": create(note(id="1")),
    "something said at a script": create(note(id="javascript:alert(1)")),
    "something said at a very long address": create(note(id=f"{CARLA}/{'x' * ADDRESS}")),
    "something said by nobody": {**note(), "attributedTo": None},
    "a reaction to a word": {"type": "Like", "actor": CARLA, "object": "it"},
    "a reaction to a number": {"type": "Like", "actor": CARLA, "object": 7},
    "a profile without an address": {"type": "Person", "preferredUsername": "x"},
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_cannot_be_understood_is_malformed(name):
    assert tried(MALFORMED[name]) is None


PASSED_OVER = {
    "an unknown activity": {"type": "Wave", "id": f"{CARLA}#1", "actor": CARLA, "object": MOLINO},
    "an activity of every kind at once": {"type": ["Dance", "Sing"], "actor": CARLA, "object": MOLINO},
    "a Create by id alone": create(f"{CARLA}/statuses/1"),
    "a Create of a list of numbers": create([1, 2, 3]),
    "a Create of something unknown without words": create({"type": "Thing", "id": f"{CARLA}/t", "data": "x"}),
    "a collection": {"type": "OrderedCollection", "id": f"{CARLA}/outbox", "attributedTo": CARLA, "totalItems": 3},
    "a Delete of nothing that has an address": {"type": "Delete", "actor": CARLA, "object": {"type": "Tombstone"}},
    "an Undo of a number": {"type": "Undo", "actor": CARLA, "object": 7},
    "a Follow of one of our posts": {"type": "Follow", "actor": CARLA, "object": POST},
    "a Move to nowhere": {"type": "Move", "actor": CARLA, "object": CARLA},
}


@pytest.mark.parametrize("name", PASSED_OVER)
def test_what_says_nothing_to_us_is_passed_over(name):
    assert tried(PASSED_OVER[name]) == []


def test_a_list_of_one_and_an_object_of_numbers_are_lists():
    [one] = events([create()])
    [numbered] = events(create({**note(), "to": {"0": PUBLIC}, "cc": {"0": f"{CARLA}/followers", "3": MOLINO}}))

    assert one.text == "ciao"
    assert (numbered.audience, numbered.addressed) == ("public", True)


@pytest.mark.parametrize(
    "changes",
    [
        {"content": ["<p>ciao</p>"]},
        {"content": {"@value": "<p>ciao</p>", "@language": "it"}},
        {"content": None, "contentMap": {"it": "<p>ciao</p>"}},
        {"content": None, "contentMap": {"it": ["<p>ciao</p>"], "en": 3}},
        {"published": {"@value": "2026-10-02T07:41:12Z", "@type": "xsd:dateTime"}},
        {"published": "tomorrow"},
        {"published": "99999-01-01T00:00:00Z"},
        {"published": ["2026-10-02T07:41:12Z"]},
        {"published": 1759390872},
        {"updated": "0001-01-01T00:00:00+14:00"},
        {"type": ["Note", "Thing"]},
        {"type": "as:Note"},
        {"type": "https://www.w3.org/ns/activitystreams#Note"},
        {"@type": "Thing"},
        {"attributedTo": [{"type": "Person", "id": CARLA}, {"type": "Group", "id": "https://x.example/g"}]},
        {"attributedTo": {"id": CARLA}},
        {"inReplyTo": ["nothing", {"id": "https://x.example/1"}]},
        {"inReplyTo": {"type": "Note", "id": "https://x.example/1", "content": "x"}},
        {"inReplyTo": "tag:x.example,2026:1"},
        {"inReplyTo": 7},
        {"tag": "caffè"},
        {"tag": {"type": "Mention"}},
        {"tag": [None, 3, {"type": "Mention", "href": 3, "name": ["x"]}, {"type": "Hashtag", "name": {"a": 1}}]},
        {"tag": [{"type": "Mention", "href": MOLINO, "name": "<a href='x'>@molino</a>"}]},
        {"attachment": "https://x.example/a.png"},
        {"attachment": [3, None, {"type": "Image"}, {"url": "javascript:alert(1)", "type": "Image"}]},
        {"attachment": {"type": "Document", "mediaType": 3, "url": [{"href": 3}], "width": "wide", "height": -1}},
        {"url": [{"type": "Link", "href": "https://x.example/p", "mediaType": "text/html"}, 3]},
        {"url": {"href": "javascript:alert(1)"}},
        {"summary": {"@value": "x"}},
        {"summary": ["a", "b"], "sensitive": "yes"},
        {"oneOf": "yes", "anyOf": [3, {"name": "a", "replies": 7}]},
        {"oneOf": [{"name": "a", "replies": {"totalItems": "many"}}]},
        {"context": {"id": "https://x.example/c"}, "conversation": 3},
        {"quoteUrl": {"type": "Note"}, "quote": [None]},
        {"icon": 3, "image": [{"url": None}], "location": "somewhere", "source": {"content": 3}},
        {"@context": "https://unreachable.example/context"},
        {"@context": [{"content": "https://x.example/#somethingElse", "@vocab": 3}]},
        {"@context": nested(200)},
        {"as:to": MOLINO, "content": "\ud800\x00<p>ciao</p>"},
    ],
)
def test_odd_fields_spoil_nothing_else(changes):
    [message] = [each for each in tried(create({**note(), **changes})) if isinstance(each, Said)]

    assert "ciao" in message.text and "\x00" not in message.text and message.text.encode()
    assert message.written_at is None or 1970 <= message.written_at.year <= 9000
    assert message.audience == "public"
    assert all(each.url.startswith(("https://", "http://")) for each in message.attachments)
    assert message.url in ("", "https://x.example/p")
    assert message.parent in ("", "https://x.example/1")


def test_what_is_enormous_is_cut():
    megabyte = "x" * 1_000_000
    tags_ = [
        {"type": "Mention", "href": f"https://x.example/{number}", "name": megabyte[:100]} for number in range(5000)
    ]
    thing = note(
        content=f"<p>{megabyte}</p>", name=megabyte, summary=megabyte, tag=tags_,
        attachment=[
            {"type": "Image", "url": f"https://x.example/{each}.png", "name": megabyte[:9000]} for each in range(500)
        ],
    )  # fmt: skip
    [message] = events(create({**thing, "type": "Article", "sensitive": True}))
    [known] = events(
        {"type": "Person", "id": CARLA, "name": megabyte, "summary": megabyte, "preferredUsername": megabyte}
    )

    assert len(message.text) <= TEXT + NAME + 2
    assert len(message.warning) <= 500
    assert len(message.attachments) <= 32 and all(len(each.alt) <= 5000 for each in message.attachments)
    assert len(known.who.name) <= 200 and len(known.who.handle) <= NAME + 40 and len(known.who.description) <= 5000


junk = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=10)
    | some.sampled_from([PUBLIC, "as:Public", MOLINO, CARLA, POST, "https://[", "https://x.example:99999999/", "Note"]),
    lambda inner: some.lists(inner, max_size=3)
    | some.dictionaries(some.sampled_from(["id", "type", "@id", "@value", "href", "url", "name", "0", "@set"]), inner),
    max_leaves=8,
)  # fmt: skip
THINGS = [opened[0] if isinstance(opened := json.loads(body), list) else opened for body in ARRIVALS.values()]
INSIDE = [thing["object"] for thing in THINGS if isinstance(thing.get("object"), dict)]
FIELDS = sorted({name for thing in (*THINGS, *INSIDE) for name in thing} - {"to", "cc"})


@given(name=some.sampled_from(sorted(ARRIVALS)), changes=some.dictionaries(some.sampled_from(FIELDS), junk, max_size=3),
       inside=some.booleans())  # fmt: skip
@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
def test_any_field_may_be_anything(name, changes, inside):
    thing = copy.deepcopy(json.loads(ARRIVALS[name]))
    thing = thing[0] if isinstance(thing, list) else thing
    place = thing.get("object") if inside and isinstance(thing.get("object"), dict) else thing
    place.update(changes)

    before = [each.audience for each in tried(ARRIVALS[name]) or [] if isinstance(each, Said)]
    for event in tried(thing) or []:
        whole(event)
        if isinstance(event, Said) and before and name != "lemmy_announce_create_page":
            assert WIDTHS.index(event.audience) <= max(WIDTHS.index(each) for each in before)


WIDTHS = ["direct", "followers", "unlisted", "public"]


def whole(event):
    """Whatever comes out has what the record needs."""
    match event:
        case Said():
            assert event.native_id and event.version and event.author.stable_id
            assert event.direct == (event.audience == "direct")
            assert all(0 <= each.start < each.end <= len(event.text) for each in event.facets)
            assert event.text.encode() is not None
        case Reacted():
            assert event.native_id and event.target and event.actor.stable_id
        case Unreacted() | Vanished():
            assert event.native_id
        case Known():
            assert event.who.stable_id


activities = some.fixed_dictionaries(
    {"type": some.sampled_from(ACTIVITIES) | junk, "actor": some.just(CARLA) | junk},
    optional={name: junk | some.just(note()) for name in ("id", "object", "target", "to", "cc", "tag", "published")},
)


@given(activity=some.recursive(activities, lambda inner: activities.flatmap(
    lambda outer: inner.map(lambda thing: {**outer, "object": thing})), max_leaves=4))  # fmt: skip
@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
def test_any_activity_is_understood_passed_over_or_malformed(activity):
    for event in tried(activity) or []:
        whole(event)


@given(
    body=some.binary(max_size=200),
    headers=some.dictionaries(
        some.sampled_from(["base", "inbox", "fetched", "root", "handle"]),
        some.sampled_from(["", "actor", "object", BASE]),
    ),
)
@settings(deadline=None, max_examples=100)
def test_any_bytes_with_any_headers_are_understood_or_malformed(body, headers):
    tried(body, headers)
