"""Mentions, links and hashtags, with the network's own offsets."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as some

from corale.adapters.bluesky.wire import facets
from corale.channels.contract import Facet

DID = "did:plc:abcdefghijklmnopqrstuvwx"
words = some.sampled_from(
    [
        "caffè",
        "☕",
        "👨‍👩‍👧‍👦",
        "@molino.test",
        "#caffè",
        "https://example.org/è?q=1",
        "molino.it",
        "(",
        ")",
        ".",
        "è\u0301",
        "\n",
        "日本",
    ]
)
texts = some.lists(words | some.text(max_size=8), max_size=20).map(" ".join)


def everybody(handle):
    return DID


def shown(text, found):
    return [text[each.start : each.end] for each in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ciao @molino.test!", ["@molino.test"]),
        ("☕ perché, (@molino.test)?", ["@molino.test"]),
        ("@molino.test. Poi @altro.test, e @terzo.test…", ["@molino.test", "@altro.test", "@terzo.test"]),
        ("scrivi a info@molino.test", []),
        ("@molino", []),
        ("@molino.testè", []),
        ("@molino.test@mastodon.example", []),
        ("vedi https://example.org/a_(b).", ["https://example.org/a_(b)"]),
        ("(https://example.org/a)", ["https://example.org/a"]),
        ("https://example.org/caffè?a=1&b=2#c, poi", ["https://example.org/caffè?a=1&b=2#c"]),
        ("su molino.it/negozio trovi tutto", ["molino.it/negozio"]),
        ("su molino.it.", ["molino.it"]),
        ("È finito.Poi torna", []),
        ("HTTPS://EXAMPLE.ORG", ["HTTPS://EXAMPLE.ORG"]),
        ("https://", []),
        ("#caffè #2026 #web3, #日本語", ["#caffè", "#web3", "#日本語"]),
        ("#", []),
        ("a#b", []),
        ("#" + "a" * 65, []),
        ("https://example.org/#caffè", ["https://example.org/#caffè"]),
        ("https://example.org/@molino.test", ["https://example.org/@molino.test"]),
    ],
)
def test_what_is_meant_is_found(text, wanted):
    assert shown(text, facets.detect(text, everybody)) == wanted


def test_a_handle_that_nobody_has_is_only_text():
    assert facets.detect("@nessuno.test #caffè", lambda handle: None) == [Facet(14, 20, "tag", "caffè")]


def test_a_bare_domain_leads_to_its_secure_address():
    assert facets.detect("molino.it/a", everybody) == [Facet(0, 11, "link", "https://molino.it/a")]


def test_a_handle_is_asked_for_in_small_letters():
    asked = []
    facets.detect("@Molino.Test", asked.append)

    assert asked == ["molino.test"]


@given(text=texts)
def test_offsets_in_bytes_point_at_the_very_words(text):
    found = facets.detect(text, everybody)
    written = facets.to_network(text, found)
    body = text.encode("utf-8", "surrogatepass")

    cut = [
        body[each["index"]["byteStart"] : each["index"]["byteEnd"]].decode("utf-8", "surrogatepass") for each in written
    ]

    assert cut == shown(text, found)


@given(text=texts)
def test_there_and_back_is_the_same(text):
    found = facets.detect(text, everybody)

    assert facets.from_network(text, facets.to_network(text, found)) == tuple(found)


@given(text=texts)
def test_facets_stand_in_order_and_never_overlap(text):
    found = facets.detect(text, everybody)

    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        "facets",
        [None, 3, {}],
        [{"index": {"byteStart": 1, "byteEnd": 2}, "features": [{"$type": facets.TAG, "tag": "in the middle of è"}]}],
        [{"index": {"byteStart": 0, "byteEnd": 99}, "features": [{"$type": facets.TAG, "tag": "beyond the end"}]}],
        [{"index": {"byteStart": 2, "byteEnd": 0}, "features": [{"$type": facets.TAG, "tag": "backwards"}]}],
        [{"index": {"byteStart": 0, "byteEnd": 2}, "features": [{"$type": facets.LINK, "uri": "javascript:alert(1)"}]}],
        [{"index": {"byteStart": 0, "byteEnd": 2}, "features": [{"$type": facets.MENTION, "did": "nobody"}]}],
        [{"index": {"byteStart": True, "byteEnd": 2}, "features": "none"}],
    ],
)
def test_what_points_nowhere_is_left_out(wrong):
    assert facets.from_network("è qui", wrong) == ()
