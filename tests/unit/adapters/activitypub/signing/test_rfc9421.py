"""RFC 9421: its own example, a signature put together by hand, and what Mastodon asks for."""

from __future__ import annotations

import base64
import hashlib

import pytest
from Crypto.Hash import SHA256
from Crypto.PublicKey import RSA
from Crypto.Signature import pkcs1_15
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver
from http_message_signatures.algorithms import HMAC_SHA256

from corale.adapters.activitypub.signing import PublicKey, Request, verify
from corale.adapters.activitypub.signing.windows import of_number
from tests.unit.adapters.activitypub.signing.signed import BODY, INBOX, KEY_ID, NOW, headers_of, pair, reason, request

# Appendix B.1.1, test-key-rsa
EXAMPLE_KEY = """-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAhAKYdtoeoy8zcAcR874L8cnZxKzAGwd7v36APp7Pv6Q2jdsPBRrw
WEBnez6d0UDKDwGbc6nxfEXAy5mbhgajzrw3MOEt8uA5txSKobBpKDeBLOsdJKFq
MGmXCQvEG7YemcxDTRPxAleIAgYYRjTSd/QBwVW9OwNFhekro3RtlinV0a75jfZg
kne/YiktSvLG34lw2zqXBDTC5NHROUqGTlML4PlNZS5Ri2U4aCNx2rUPRcKIlE0P
uKxI4T+HIaFpv8+rdV6eUgOrB2xeI1dSFFn/nnv5OoZJEIB+VmuKn3DCUcCZSFlQ
PSXSfBDiUGhwOw76WuSSsf1D4b/vLoJ10wIDAQAB
-----END RSA PUBLIC KEY-----"""
EXAMPLE = {
    "host": "origin.host.internal.example",
    "date": "Tue, 20 Apr 2021 02:07:56 GMT",
    "content-type": "application/json",
    "content-length": "18",
    "forwarded": "for=192.0.2.123;host=example.com;proto=https",
    "content-digest": "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJw"
    "ew==:",
    "signature-input": 'proxy_sig=("@method" "@authority" "@path" "content-digest" "content-type" "content-length" '
    '"forwarded");created=1618884480;keyid="test-key-rsa";alg="rsa-v1_5-sha256";expires=1618884540',
    "signature": "proxy_sig=:S6ZzPXSdAMOPjN/6KXfXWNO/f7V6cHm7BXYUh3YD/fRad4BCaRZxP+JH+8XY1I6+8Cy+CM5g92iHgxtRPz+MjniOa"
    "YmdkDcnL9cCpXJleXsOckpURl49GwiyUpZ10KHgOEe11sx3G2gxI8S0jnxQB+Pu68U9vVcasqOWAEObtNKKZd8tSFu7LB5YAv0RAGhB8tmpv7sFnI"
    "m9y+7X5kXQfi8NMaZaA8i2ZHwpBdg7a6CMfwnnrtflzvZdXAsD3LH2TwevU+/PBPv0B6NMNk93wUs/vfJvye+YuI87HU38lZHowtznbLVdp770I6"
    "VHR6WfgS9ddzirrswsE1w5o0LV/g==:",
}


def test_the_example_of_the_standard():
    """Section 4.3, without the query that it leaves unsigned."""
    asked = Request("POST", "https://origin.host.internal.example/foo", "/foo", EXAMPLE, b'{"hello": "world"}')
    key = PublicKey("test-key-rsa", "https://example.com/proxy", EXAMPLE_KEY)

    verified = verify(asked, lambda key_id, again=False: key, now=of_number(1618884500))

    assert verified.key_id == "test-key-rsa"


def test_a_query_that_nobody_signed_is_not_believed():
    asked = Request("POST", "https://origin.host.internal.example/foo?a", "/foo?a", EXAMPLE, b'{"hello": "world"}')

    assert reason(asked, now=of_number(1618884500)) == "not_covered"


LINES = {
    "@method": "POST",
    "@target-uri": INBOX,
    "@authority": "corale.example",
    "@path": "/inbox",
    "@query": "?",
    "@request-target": "/inbox",
    "host": "corale.example",
    "content-digest": "sha-256=:" + base64.b64encode(hashlib.sha256(BODY).digest()).decode() + ":",
}


SAID = f';created={int(NOW.timestamp())};keyid="{KEY_ID}"'


def by_hand(covered="@method @target-uri content-digest", said=SAID):
    """Section 2.5 written down, signed by a library that knows nothing of HTTP."""
    parameters = "(" + " ".join(f'"{name}"' for name in covered.split()) + ")" + said
    base = "".join(f'"{name}": {LINES[name]}\n' for name in covered.split()) + f'"@signature-params": {parameters}'
    signature = pkcs1_15.new(RSA.import_key(pair("eve")[0])).sign(SHA256.new(base.encode()))
    return {
        "host": "corale.example",
        "content-digest": LINES["content-digest"],
        "signature-input": f"a1={parameters}",
        "signature": f"a1=:{base64.b64encode(signature).decode()}:",
    }


def test_we_believe_what_was_signed_by_hand():
    assert reason(request(by_hand())) == ""


def test_what_we_sign_is_what_one_signs_by_hand():
    ours = headers_of("rfc9421")
    theirs = by_hand(said=f';created={int(NOW.timestamp())};keyid="{KEY_ID}";alg="rsa-v1_5-sha256"')

    assert ours["Signature"].partition("=")[2] == theirs["signature"].partition("=")[2]
    assert ours["Signature-Input"].partition("=")[2] == theirs["signature-input"].partition("=")[2]
    assert ours["Content-Digest"] == theirs["content-digest"]


@pytest.mark.parametrize("where", ["@target-uri", "@authority @path", "@authority @request-target"])
def test_where_to_may_be_said_whole_or_in_parts(where):
    assert reason(request(by_hand(f"@method {where} content-digest"))) == ""


@pytest.mark.parametrize(
    "covered", ["@target-uri content-digest", "@method content-digest", "@method @path content-digest"]
)
def test_what_must_be_covered_is(covered):
    assert reason(request(by_hand(covered))) == "not_covered"


def test_the_body_must_be_covered():
    assert reason(request(by_hand("@method @target-uri host"))) == "no_digest"


def test_a_signature_without_a_time_is_refused():
    assert reason(request(by_hand(said=f';keyid="{KEY_ID}"'))) == "not_covered"


def test_a_signature_that_is_over_is_refused():
    at = int(NOW.timestamp())

    assert reason(request(by_hand(said=f';created={at};keyid="{KEY_ID}";expires={at + 30}'))) == ""
    assert reason(request(by_hand(said=f';created={at};keyid="{KEY_ID}";expires={at - 400}'))) == "expired"


def test_other_algorithms_are_refused():
    said = f';created={int(NOW.timestamp())};keyid="{KEY_ID}";alg="hmac-sha256"'

    assert reason(request(by_hand(said=said))) == "unknown_algorithm"


def test_of_several_signatures_none_counts():
    one = by_hand()
    two = one | {name: f"{one[name]}, b{one[name]}" for name in ("signature-input", "signature")}

    assert reason(request(two)) == "several_signatures"


def test_a_part_of_a_header_is_not_the_header():
    headers = by_hand()
    headers["signature-input"] = headers["signature-input"].replace(
        '"content-digest"', '"content-digest";key="sha-256"'
    )

    assert reason(request(headers)) == "no_digest"


@pytest.mark.parametrize("header", ["", "a1", "a1=1", "a1=()", "a1=();keyid=1", 'a1=("@method"', 'a1=();keyid="é"'])
def test_a_signature_that_cannot_be_read(header):
    assert reason(request(by_hand() | {"signature-input": header})) in {"unreadable_signature", "unsigned"}


def test_a_public_key_is_no_shared_secret():
    class Secret(HTTPSignatureKeyResolver):
        def resolve_private_key(self, key_id):
            return pair("eve")[1].encode()

    asked = request(by_hand())
    message = type("Message", (), {"method": "POST", "url": INBOX, "headers": dict(asked.headers)})()
    HTTPMessageSigner(signature_algorithm=HMAC_SHA256, key_resolver=Secret()).sign(
        message, key_id=KEY_ID, created=NOW, include_alg=False, use_existing_digest=True,
        covered_component_ids=("@method", "@target-uri", "content-digest"),
    )  # fmt: skip

    assert reason(request(message.headers)) == "wrong_signature"
