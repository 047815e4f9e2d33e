"""at:// and https:// addresses."""

from __future__ import annotations

import pytest

from corale.adapters.bluesky.wire import addresses

POST = "at://did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3n2uq6aywyk26"


def test_an_address_has_three_parts_and_is_written_as_it_was_read():
    found = addresses.parse(POST)

    assert (found.repo, found.collection, found.rkey) == (
        "did:plc:abcdefghijklmnopqrstuvwx", "app.bsky.feed.post", "3n2uq6aywyk26",
    )  # fmt: skip
    assert str(found) == POST


@pytest.mark.parametrize(
    "wrong", ["", "at://", "at://did:plc:a", "https://bsky.app/a/b", POST + "/more", POST + "?x=1", "at://a b/c/d"]
)
def test_what_is_no_address_is_said_to_be_none(wrong):
    with pytest.raises(ValueError, match="not the address"):
        addresses.parse(wrong)
    assert addresses.owner(wrong) == ""


def test_a_post_has_a_page_and_a_like_has_none():
    assert addresses.post_page(POST, "carla.test") == "https://bsky.app/profile/carla.test/post/3n2uq6aywyk26"
    assert addresses.post_page(POST.replace("post", "like", 1)) == ""
    assert addresses.profile_page("did:plc:a", "handle.invalid") == "https://bsky.app/profile/did:plc:a"


@pytest.mark.parametrize(
    ("text", "handle"),
    [("carla.test", True), ("a.b.c.it", True), ("carla", False), ("-a.test", False), ("a..b", False), ("a.1", False)],
)
def test_handles_are_host_names(text, handle):
    assert addresses.is_handle(text) is handle
