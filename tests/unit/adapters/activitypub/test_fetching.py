"""Fetching from other servers: signed by the house, guarded, and believed only as far as the address goes."""

from __future__ import annotations

import pytest

from corale.adapters.activitypub import fetching, own
from corale.adapters.activitypub.models import Server
from corale.adapters.activitypub.signing import PublicKey, Request, verify
from corale.channels.errors import Malformed, Refused, Unreachable

pytestmark = pytest.mark.django_db


def note(uri, **more):
    return {"id": uri, "type": "Note", "content": "<p>Hi</p>", "attributedTo": uri.partition("/notes")[0]} | more


def scheme_of(asked, house=None):
    """How a question was signed, and that it was the house."""
    house = house or own.instance_actor()

    def find(key_id, *, again=False):
        assert key_id == house.key_id
        return PublicKey(key_id, house.uri, house.public_key)

    url = f"http://{asked.host}{asked.path}"
    return verify(Request("GET", url, asked.path, asked.headers, None, asked.host), find).scheme


def test_what_is_asked_is_signed_by_the_house(there):
    there.serve("/notes/1?a=b", note(there.at("/notes/1?a=b")))

    assert fetching.document(there.at("/notes/1?a=b"))["type"] == "Note"
    assert scheme_of(there.asked[0]) == "cavage"
    assert "application/activity+json" in there.asked[0].headers["accept"]


def test_who_understands_only_the_new_scheme_is_asked_in_it_from_then_on(there):
    house = own.instance_actor()

    def strict(asked):
        is_new = "signature-input" in asked.headers and scheme_of(asked, house) == "rfc9421"
        return there.answer(note(there.at("/notes/1"))) if is_new else there.answer(status=401)

    there.things["/notes/1"] = strict

    fetching.document(there.at("/notes/1"))
    fetching.document(there.at("/notes/1"))

    assert len(there.asked) == 3
    assert Server.objects.get(host=f"127.0.0.1:{there.port}").scheme == "rfc9421"


def test_a_redirect_is_followed_and_signed_anew(there):
    there.serve("/old", status=302, Location="/notes/1")
    there.serve("/notes/1", note(there.at("/notes/1")))

    assert fetching.find(there.at("/old")).uri == there.at("/notes/1")
    assert [scheme_of(each) for each in there.asked] == ["cavage", "cavage"]


def test_redirects_end(there):
    there.serve("/round", status=302, Location="/round")

    with pytest.raises(Refused):
        fetching.document(there.at("/round"))
    assert len(there.asked) == 4


def test_another_id_is_fetched_from_its_own_server(there):
    elsewhere = there.at("/notes/2", host="127.0.0.2")
    there.serve("/notes/1", note(elsewhere, content="forged"))
    there.serve("/notes/2", note(elsewhere, content="true"))

    found = fetching.find(there.at("/notes/1"))

    assert (found.uri, found.document["content"]) == (elsewhere, "true")
    assert [each.host.partition(":")[0] for each in there.asked] == ["127.0.0.1", "127.0.0.2"]


def test_what_is_nowhere_where_it_says_is_refused(there):
    there.serve("/notes/1", note(there.at("/notes/2", host="127.0.0.2")))
    there.serve("/notes/2", note(there.at("/notes/3")))

    with pytest.raises(Malformed):
        fetching.document(there.at("/notes/1"))


@pytest.mark.parametrize("kind", ["application/json", "text/html", "application/ld+json", "image/png", ""])
def test_a_file_that_somebody_uploaded_is_no_document(there, kind):
    there.serve("/notes/1", note(there.at("/notes/1")), Content_Type=kind)

    with pytest.raises(Malformed):
        fetching.document(there.at("/notes/1"))


@pytest.mark.parametrize(
    "kind",
    [
        "application/activity+json; charset=utf-8",
        'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
        'Application/LD+JSON;profile="https://www.w3.org/ns/activitystreams https://other.example"',
    ],
)
def test_both_names_of_the_format_are_understood(there, kind):
    there.serve("/notes/1", note(there.at("/notes/1")), Content_Type=kind)

    assert fetching.document(there.at("/notes/1"))["type"] == "Note"


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"{}", b'{"id": 1}', b'{"id": "no address"}', b"[" * 100_000])
def test_what_cannot_be_read_is_malformed(there, body):
    there.serve("/notes/1", body)

    with pytest.raises((Malformed, Refused)):
        fetching.document(there.at("/notes/1"))


def test_more_than_a_megabyte_is_not_read(there):
    there.serve("/notes/1", note(there.at("/notes/1"), content="x" * 1_100_000))

    with pytest.raises(Malformed):
        fetching.document(there.at("/notes/1"))


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, fetching.Gone), (410, fetching.Gone), (403, Refused), (500, Unreachable), (429, Unreachable)],
)
def test_an_answer_that_is_none_says_whether_to_try_again(there, status, error):
    there.serve("/notes/1", status=status, Retry_After="120")

    with pytest.raises(error) as raised:
        fetching.document(there.at("/notes/1"))
    assert raised.value.retry_after == (120 if error is Unreachable else None)


def test_a_tombstone_is_nothing(there):
    there.serve("/notes/1", {"id": there.at("/notes/1"), "type": "Tombstone"})

    with pytest.raises(fetching.Gone):
        fetching.document(there.at("/notes/1"))


def test_a_server_that_is_not_there_can_be_tried_again(there):
    with pytest.raises(Unreachable):
        fetching.document("http://127.0.0.1:1/notes/1")


@pytest.mark.parametrize("blocked", ["evil.test", "a.evil.test"])
def test_nothing_is_fetched_from_a_blocked_server_or_what_belongs_to_it(house, blocked):
    Server.objects.create(host=blocked, stance=Server.Stance.BLOCKED)

    with pytest.raises(Refused, match="blocked"):
        fetching.document("https://a.evil.test/notes/1")


@pytest.mark.parametrize(
    "uri", ["https://molino.test/actors/molino", "ftp://a.test/", "nonsense", "https:///x", "acct:a@b"]
)
def test_some_addresses_are_not_asked(house, uri):
    with pytest.raises(Refused):
        fetching.document(uri)


def test_only_tls_and_only_public_addresses(house, settings):
    settings.CORALE_ALLOW_LOOPBACK = False

    for uri in ("http://example.com/notes/1", "https://127.0.0.1/notes/1", "https://10.0.0.1/", "https://[::7f00:1]/"):
        with pytest.raises(Refused):
            fetching.document(uri)
