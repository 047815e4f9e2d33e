"""Recorded arrivals, and hostile ones, into events."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from corale.adapters.bluesky.wire.reading import read
from corale.channels.contract import Event, Known, Raw, Reacted, Said, Unreacted, Vanished, Who
from corale.channels.errors import Malformed

FOLDER = Path(__file__).resolve().parents[3] / "payloads/bluesky"
ARRIVALS = {path.stem: path.read_bytes() for path in sorted(FOLDER.glob("*.json"))}
OURS = json.loads(ARRIVALS["post_ours"])
US = {"account": OURS["author"]["did"], "handle": OURS["author"]["handle"]}


def events(body, **headers):
    return list(read(Raw("some", body, {**US, **headers})))


def arrivals(name):
    return [body for stem, body in ARRIVALS.items() if stem.startswith(name)]


def altered(name, **changes):
    found = json.loads(ARRIVALS[name])
    for path, value in changes.items():
        *places, last = path.split("__")
        inner = found
        for place in places:
            inner = inner[place]
        inner[last] = value
    return json.dumps(found).encode()


@pytest.mark.parametrize(
    ("name", "kind", "addressed"),
    [
        ("post_ours", "post", False),
        ("post_mentioned", "mention", True),
        ("post_broken", "reply", True),
        ("post_asked", "reply", True),
        ("post_quote", "quote", True),
        ("post_typed", "mention", True),
        ("post_photo", "reply", True),
        ("post_quoted_photo", "quote", True),
    ],
)
def test_a_post_says_how_it_concerns_us(name, kind, addressed):
    [said] = events(ARRIVALS[name])

    assert (said.kind, said.addressed, said.ours) == (kind, addressed, name == "post_ours")


def test_a_post_carries_its_thread_its_people_and_its_page():
    [said] = events(ARRIVALS["post_asked"])

    assert said.root == OURS["uri"]
    assert said.parent == json.loads(ARRIVALS["post_broken"])["uri"]
    assert said.author.name == "Dario"
    assert said.url == f"https://bsky.app/profile/{said.author.handle}/post/{said.native_id.rpartition('/')[2]}"
    assert (said.language, said.written_at.tzinfo is not None) == ("it", True)


def test_the_notification_and_the_post_say_the_same():
    [notified] = [event for body in arrivals("notification_mention") for event in events(body) if "☕" in event.text]
    [said] = events(ARRIVALS["post_mentioned"])

    assert (notified.native_id, notified.version, notified.text, notified.facets, notified.kind) == (
        said.native_id, said.version, said.text, said.facets, said.kind,
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["like", "repost", "follow", "quote"])
def test_interactions_know_who_and_what(kind):
    found = [event for body in arrivals(f"notification_{kind}") for event in events(body) if isinstance(event, Reacted)]

    assert found and {event.kind for event in found} == {kind}
    assert {event.target for event in found} == {US["account"] if kind == "follow" else OURS["uri"]}
    assert all(event.actor.name and event.at for event in found)


def test_a_picture_has_its_words_and_its_place():
    [image] = events(ARRIVALS["post_photo"])[0].attachments

    assert (image.kind, image.alt, image.mime) == ("image", "Una macchina rotta", "image/png")
    assert image.url.startswith("http")


def test_a_card_and_a_film_come_in():
    [card] = events(ARRIVALS["post_linked"])[0].attachments
    video = {"$type": "app.bsky.embed.video", "alt": "Come si pulisce", "aspectRatio": {"width": 16, "height": 9},
             "video": {"$type": "blob", "ref": {"$link": "bafy"}, "mimeType": "video/mp4", "size": 1}}  # fmt: skip
    view = {"$type": "app.bsky.embed.video#view", "playlist": "https://video.example/playlist.m3u8"}
    [film] = events(altered("post_ours", record__embed=video, embed=view))[0].attachments

    assert (card.kind, card.title, card.url) == ("link", "Guida", "https://example.org/guida")
    assert (film.kind, film.alt, film.url, film.width) == (
        "video", "Come si pulisce", "https://video.example/playlist.m3u8", 16,
    )  # fmt: skip


def test_absences_say_how():
    uri = OURS["uri"]
    did = US["account"]
    said = {
        how: events(b"{}", item="absent", uri=uri, how=how) for how in ("deleted", "hidden", "unreachable", "undone")
    }

    assert said["deleted"] == [Vanished(uri, "deleted")]
    assert said["hidden"] == [Vanished(uri, "hidden")]
    assert said["unreachable"] == [Vanished(uri, "unreachable"), Known(Who("bluesky", did), reachable=False)]
    assert said["undone"] == [Unreacted(uri)]
    assert events(b"{}", item="absent", uri=did, how="unreachable") == [Known(Who("bluesky", did), reachable=False)]


def test_a_notification_of_a_kind_yet_to_be_invented_tells_at_least_who():
    body = altered(
        "notification_like_1", reason="waved", uri="at://did:plc:abcdefghijklmnopqrstuvwx/app.bsky.new.wave/3k"
    )

    assert [type(event) for event in events(body)] == [Known]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("uri", 3), ("uri", "https://example.org"), ("cid", None), ("author", "Carla"), ("author__did", "carla"),
        ("uri", "at://" + "a" * 90_000),
    ],
)  # fmt: skip
def test_a_post_without_address_version_or_author_is_malformed(path, value):
    with pytest.raises(Malformed):
        events(altered("post_ours", **{path: value}))


@pytest.mark.parametrize(
    "changes",
    [
        {"record__text": "\u0000\ud800 nulla"},
        {"record__text": 7},
        {"record__text": "<script>alert(1)</script>\u202e" * 1000},
        {"record__createdAt": "domani"},
        {"record__createdAt": "99999-01-01T00:00:00Z"},
        {"record__createdAt": "0000-01-01T00:00:00Z"},
        {"record__langs": [3, None]},
        {"record__langs": "italiano"},
        {"record__facets": [{"index": {"byteStart": -1, "byteEnd": 10**30}}]},
        {"record__reply": {"parent": 3, "root": ["x"]}},
        {"record__embed": {"$type": "app.bsky.embed.images", "images": [3, {"alt": 3, "image": "x"}]}},
        {"record__embed": {"$type": "app.bsky.embed.external", "external": {"uri": "javascript:alert(1)"}}},
        {"author__displayName": ["x"], "author__avatar": "javascript:alert(1)"},
        {"author__handle": None},
    ],
)
def test_a_hostile_post_is_still_said(changes):
    [said] = events(altered("post_ours", **changes))

    assert isinstance(said, Said)
    assert said.text.encode() is not None and "\0" not in said.text
    assert said.written_at is None or 1970 <= said.written_at.year < 9000
    assert all(each.url.startswith("http") for each in said.attachments if each.url)
    assert said.author.avatar_url == "" or said.author.avatar_url.startswith("http")


junk = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=10),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(
    name=some.sampled_from(sorted(ARRIVALS)),
    field=some.sampled_from(["author", "record", "embed", "uri", "cid", "reason", "reasonSubject", "did"]),
    value=junk,
)
@settings(deadline=None, max_examples=300)
def test_any_field_may_be_anything(name, field, value):
    try:
        found = events(altered(name, **{field: value}))
    except Malformed:
        return
    assert all(isinstance(event, Event) for event in found)
