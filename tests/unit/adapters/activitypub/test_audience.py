"""Who may read something, from its addressing alone: never more than it says."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from corale.adapters.activitypub.wire.audience import audience
from corale.adapters.activitypub.wire.reading import read
from corale.adapters.activitypub.wire.things import normalised
from corale.channels.contract import Raw, Said
from tests.unit.adapters.activitypub.arrivals import BASE, CARLA, MOLINO, PUBLIC, create, events, note

FOLLOWERS = f"{CARLA}/followers"
WIDTHS = ["direct", "followers", "unlisted", "public"]
spellings = [PUBLIC, "as:Public", "Public", {"id": PUBLIC}, {"@id": "as:Public"}]
named = some.sampled_from([MOLINO, "https://mastodon.example/users/nina", {"id": MOLINO}, "https://x.example/c/list"])


def width(to=None, cc=None, **more):
    given_ = {name: value for name, value in (("to", to), ("cc", cc)) if value is not None}
    return audience(normalised({"id": f"{CARLA}/1", **given_, **more}), {}, CARLA)


@pytest.mark.parametrize("public", spellings)
def test_public_is_public_in_every_spelling_alone_or_in_a_list(public):
    assert [width(public), width([public]), width([MOLINO, public], [FOLLOWERS])] == ["public"] * 3
    assert [width(None, public), width([FOLLOWERS], [MOLINO, public])] == ["unlisted"] * 2


@pytest.mark.parametrize(
    ("to", "cc", "expected"),
    [
        ([FOLLOWERS], [], "followers"),
        ([], FOLLOWERS, "followers"),
        ("https://mastodon.example/users/carla/followers/", [MOLINO], "followers"),
        ([MOLINO], [], "direct"),
        (None, MOLINO, "direct"),
        ([], [], "direct"),
        (None, None, "direct"),
        ("", None, "direct"),
        (3, {"id": 7}, "direct"),
        ("PUBLIC", ["as:public"], "direct"),
        ("https://www.w3.org/ns/activitystreams#public", None, "direct"),
        ("https://altrove.example/users/nina/followers", None, "direct"),
        ("https://mastodon.example/users/followers_fan", None, "direct"),
        ("https://mastodon.example/lists/8", None, "direct"),
    ],
)
def test_what_is_not_surely_wider_is_direct(to, cc, expected):
    assert width(to, cc) == expected


def test_nothing_but_to_and_cc_makes_it_wider():
    assert width([MOLINO], bto=[PUBLIC], bcc=[PUBLIC], audience=PUBLIC, directMessage=False) == "direct"


def test_the_followers_that_a_profile_names_are_the_only_ones():
    one = {"to": ["https://mastodon.example/c/8812"]}

    assert audience(one, {}, CARLA, followers="https://mastodon.example/c/8812") == "followers"
    assert audience({"to": [FOLLOWERS]}, {}, CARLA, followers="https://mastodon.example/c/8812") == "direct"


def test_where_object_and_activity_differ_the_narrower_counts():
    assert audience({"to": [PUBLIC]}, {"to": [MOLINO]}, CARLA) == "direct"
    assert audience({"to": [MOLINO]}, {"to": [PUBLIC]}, CARLA) == "direct"
    assert audience({"to": [], "cc": []}, {"to": [PUBLIC]}, CARLA) == "public"


places = some.none() | named | some.lists(named | some.sampled_from([PUBLIC, FOLLOWERS, *spellings[1:]]), max_size=4)


def says(value):
    """How wide one field alone may make it, worked out by hand."""
    values = value if isinstance(value, list) else [value]
    flat = [each.get("id") or each.get("@id") if isinstance(each, dict) else each for each in values]
    return any(each in (PUBLIC, "as:Public", "Public") for each in flat), FOLLOWERS in flat


@given(to=places, cc=places, outer_to=places, outer_cc=places)
@settings(deadline=None, max_examples=400)
def test_no_message_is_ever_wider_than_any_of_its_addressings(to, cc, outer_to, outer_cc):
    thing = {**note(), "to": to, "cc": cc}
    body = json.dumps(create(thing, to=outer_to, cc=outer_cc)).encode()
    [message] = [each for each in read(Raw("some", body, {"base": BASE})) if isinstance(each, Said)]

    for one, other in ((to, cc), (outer_to, outer_cc)):
        is_addressed = any(each for each in (one, other))
        public, unlisted = says(one)[0], says(other)[0]
        followers = says(one)[1] or says(other)[1]
        most = 3 if public else 2 if unlisted else 1 if followers else 0
        assert not is_addressed or WIDTHS.index(message.audience) <= most
    assert message.direct == (message.kind == "direct") == (message.audience == "direct")


def test_what_is_addressed_to_nobody_was_said_in_secret_to_whose_inbox_it_came():
    bare = {name: value for name, value in note().items() if name not in ("to", "cc")}
    [own] = events(create(bare), inbox="molino")
    [shared] = events(create(bare), inbox="")

    assert (own.audience, own.kind, own.addressed) == ("direct", "direct", True)
    assert (shared.audience, shared.addressed) == ("direct", False)
