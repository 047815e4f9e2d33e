"""Items out of a listing, byte for byte."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from corale.adapters.bluesky.wire.slices import items
from corale.channels.errors import Malformed
from tests.unit.adapters.bluesky.answers import answer

values = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=8),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=4), inner, max_size=3),
    max_leaves=10,
)


@given(found=some.lists(values, max_size=5), other=values, indent=some.sampled_from([None, 1]), ascii=some.booleans())
def test_each_item_is_a_piece_of_what_came(found, other, indent, ascii):  # noqa: A002
    body = json.dumps({"cursor": other, "posts": found}, indent=indent, ensure_ascii=ascii).encode(
        "utf-8", "surrogatepass"
    )

    cut = items(body, "posts")

    assert [json.loads(each) for each in cut] == found
    assert all(each in body for each in cut)


def test_a_real_listing_is_cut_into_its_notifications():
    listing = answer("list_notifications").body

    assert [json.loads(each) for each in items(listing, "notifications")] == json.loads(listing)["notifications"]


@pytest.mark.parametrize(
    "wrong",
    [b"", b"[]", b"{", b'{"posts": 3}', b'{"posts": [1', b'{"posts": [1 2]}', b'{"a": 1}', b"\xff", b"[" * 100_000],
)
def test_what_is_no_listing_is_malformed(wrong):
    with pytest.raises(Malformed):
        items(wrong, "posts")


def test_too_deep_is_malformed():
    with pytest.raises(Malformed):
        items(b'{"posts": [' + b"[" * 200_000, "posts")
