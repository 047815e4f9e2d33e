"""What is signed here is believed here, in both schemes, and nothing else is."""

from __future__ import annotations

import base64
import re
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from corale.adapters.activitypub.signing import SCHEMES, PublicKey, knocks, sign, verify
from tests.unit.adapters.activitypub.signing.signed import (
    BODY,
    EVE,
    INBOX,
    KEY_ID,
    NOW,
    headers_of,
    key_of,
    pair,
    reason,
    request,
)

both = pytest.mark.parametrize("scheme", SCHEMES)
GET = {"method": "GET", "url": "https://corale.example/actors/anna?page=2", "body": None}


@both
def test_what_was_signed_is_believed_and_says_whose_it_is(scheme):
    verified = verify(request(headers_of(scheme)), key_of(), now=NOW)

    assert (verified.actor_uri, verified.key_id, verified.scheme) == (EVE, KEY_ID, scheme)


@both
def test_a_question_is_signed_with_its_query(scheme):
    assert reason(request(headers_of(scheme, **GET), **GET)) == ""
    assert reason(request(headers_of(scheme, **GET), **GET | {"url": GET["url"] + "3"})) == "wrong_signature"


@both
def test_somebody_elses_key_does_not_fit(scheme):
    assert reason(request(headers_of(scheme)), key_of("mallory")) == "wrong_signature"


@both
@pytest.mark.parametrize(
    ("late", "why"),
    [
        (timedelta(minutes=59), ""),
        (timedelta(minutes=61), "too_old"),
        (timedelta(minutes=-4), ""),
        (timedelta(minutes=-6), "from_the_future"),
    ],
)
def test_it_may_be_an_hour_late_and_five_minutes_early(scheme, late, why):
    assert reason(request(headers_of(scheme)), now=NOW + late) == why


@both
def test_another_body_is_noticed(scheme):
    assert reason(request(headers_of(scheme), body=BODY + b" ")) == "wrong_digest"


@both
def test_a_body_without_a_digest_is_refused(scheme):
    unsigned_body = headers_of(scheme, body=None)

    assert reason(request(unsigned_body)) == "no_digest"


@both
def test_another_method_address_or_host_is_noticed(scheme):
    headers = headers_of(scheme)

    assert reason(request(headers, method="PUT")) == "wrong_signature"
    assert reason(request(headers, url="https://corale.example/actors/anna/inbox")) == "wrong_signature"
    assert reason(request(headers | {"Host": "other.example"})) == "wrong_host"


@both
def test_without_a_signature_nobody_is_believed(scheme):
    headers = {name: value for name, value in headers_of(scheme).items() if not name.startswith("Signature")}

    assert reason(request(headers)) == "unsigned"


@both
def test_nonsense_fetches_no_key(scheme):
    def find(key_id, *, again=False):
        raise AssertionError("asked for a key")

    assert reason(request(headers_of(scheme), body=b"other"), find) == "wrong_digest"
    assert reason(request(headers_of(scheme)), find, now=NOW + timedelta(hours=2)) == "too_old"


@both
def test_a_changed_key_is_asked_for_once_more(scheme):
    def find(key_id, *, again=False):
        return PublicKey(key_id, EVE, pair("eve" if again else "the old one")[1])

    assert verify(request(headers_of(scheme)), find, now=NOW).actor_uri == EVE


@both
def test_a_key_that_was_asked_for_a_moment_ago_is_not_asked_for_again(scheme):
    def find(key_id, *, again=False):
        return None if again else PublicKey(key_id, EVE, pair("the old one")[1])

    assert reason(request(headers_of(scheme)), find) == "wrong_signature"


@both
@settings(max_examples=150, deadline=None)
@given(data=some.data())
def test_any_byte_of_what_was_signed_makes_a_difference(scheme, data):
    headers = headers_of(scheme)
    signed = ["Host", "Digest", "Date", "Content-Type"] if scheme == "cavage" else ["Content-Digest"]
    name = data.draw(some.sampled_from([*signed, "body", "path", *(each for each in headers if "Signature" in each)]))
    value = {"body": BODY.decode(), "path": INBOX.partition("example/")[2]}.get(name) or headers[name]
    at = data.draw(some.integers(0, len(value) - 1))
    other = data.draw(some.characters(min_codepoint=33, max_codepoint=126).filter(lambda each: each != value[at]))
    changed = value[:at] + other + value[at + 1 :]
    arrived = {
        "body": lambda: request(headers, body=changed.encode()),
        "path": lambda: request(headers, url=INBOX.partition("inbox")[0] + changed),
    }.get(name, lambda: request(headers | {name: changed}))()

    assert reason(arrived) or is_the_same(scheme, name, value, changed)


def is_the_same(scheme, name, before, after):
    """What is written differently and means the same: the algorithm, where it is left out or written in capitals, and
    the unused bits at the end of base64."""
    if name != "Signature":
        return False
    if scheme == "cavage" and before.partition('headers="')[2] == after.partition('headers="')[2]:
        return before.partition("algorithm")[0][:-1] == after[: before.index("algorithm") - 1]
    return bits(before) == bits(after)


def bits(header):
    """The number that a signature is."""
    return base64.b64decode(re.findall(r"[A-Za-z0-9+/]{300,}={0,2}", header)[0])


@settings(max_examples=300, deadline=None)
@given(
    name=some.sampled_from(["Signature", "Signature-Input", "Digest", "Content-Digest", "Date", "Host"]),
    junk=some.text(),
)
def test_whatever_stands_in_a_header_is_answered_with_a_reason(name, junk):
    for scheme in SCHEMES:
        assert reason(request(headers_of(scheme) | {name: junk})) or name in {
            "Date",
            "Digest",
            "Content-Digest",
            "Host",
        }


def test_the_draft_is_tried_first_and_what_worked_is_remembered():
    assert knocks("") == knocks("cavage") == ("cavage", "rfc9421")
    assert knocks("rfc9421") == ("rfc9421", "cavage")


@both
def test_an_address_is_signed_as_it_is_asked_for(scheme):
    url = "https://Corale.example:443/caffè?q=più#top"
    headers = sign("GET", url, None, key_id=KEY_ID, private_key_pem=pair("eve")[0], scheme=scheme, at=NOW)

    assert headers["Host"] == "corale.example"
    assert reason(request(headers, "GET", "https://corale.example/caff%C3%A8?q=pi%C3%B9", None)) == ""
