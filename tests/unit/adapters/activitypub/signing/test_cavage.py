"""draft-cavage-http-signatures-12: its own examples, another implementation, and how others really write it."""

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from httpsig.sign import HeaderSigner
from httpsig.verify import HeaderVerifier

from corale.adapters.activitypub.signing import NotBelieved, cavage
from corale.adapters.activitypub.signing.keys import is_signed, private_key, public_key, signed
from tests.unit.adapters.activitypub.signing.signed import (
    BODY,
    INBOX,
    KEY_ID,
    NOW,
    TYPE,
    headers_of,
    pair,
    reason,
    request,
)

ALL = "(request-target) host date digest content-type"

# Appendix C: a key of 1,024 bits, which is why these are tried below `verify`.
EXAMPLE_PEM = """-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3
6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6
Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw
oYi+1hqp1fIekaxsyQIDAQAB
-----END PUBLIC KEY-----"""
EXAMPLE = {
    "host": "example.com",
    "date": "Sun, 05 Jan 2014 21:31:40 GMT",
    "content-type": "application/json",
    "digest": "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=",
    "content-length": "18",
}


@pytest.mark.parametrize(
    ("names", "signature"),
    [
        (
            "date",
            "SjWJWbWN7i0wzBvtPl8rbASWz5xQW6mcJmn+ibttBqtifLN7Sazz6m79cNfwwb8DMJ5cou1s7uEGKKCs+FLEEaDV5lp7q25WqS+lavg7T8h"
            "c0GppauB6hbgEKTwblDHYGEtbGmtdHgVCk9SuS13F0hZ8FD0k/5OxEPXe5WozsbM=",
        ),
        (
            "(request-target) host date",
            "qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2iicw3HMbe8VfEdKFYRqzic+e"
            "fkb3nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04swr2Os0=",
        ),
        (
            "(request-target) host date content-type digest content-length",
            "vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52LaEUHFv120V01IL+TAD4"
            "8XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE=",
        ),
    ],
    ids=["C.1", "C.2", "C.3"],
)
def test_the_examples_of_the_draft(names, signature):
    key = load_pem_public_key(EXAMPLE_PEM.encode())
    text = cavage.signing_text("POST", "/foo?param=value&pet=dog", EXAMPLE, names.split(), {})

    assert is_signed(base64.b64decode(signature), text, key, SHA256())


def test_another_library_believes_what_we_sign():
    headers = headers_of("cavage", url=INBOX + "?a=1")
    needed = ALL.split()

    verifier = HeaderVerifier(headers, pair("eve")[1], needed, "POST", "/inbox?a=1", sign_header="signature")

    assert verifier.verify()


@pytest.mark.parametrize("header", ["signature", "authorization"])
def test_we_believe_what_another_library_signs(header):
    headers = {name: value for name, value in headers_of("cavage").items() if name != "Signature"}
    theirs = HeaderSigner(KEY_ID, pair("eve")[0], "rsa-sha256", ALL.split(), sign_header=header)

    assert reason(request(dict(theirs.sign(headers, method="POST", path="/inbox")))) == ""


def made(names: str = ALL, *, algorithm: str = "rsa-sha256", url: str = INBOX, more: str = "", **headers: str):
    """Signed over what is wanted; `more` is put into the Signature header, as `name=value`."""
    sent = {name.lower(): value for name, value in headers_of("cavage").items() if name != "Signature"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    said = dict(part.split("=") for part in more.split(",") if part)
    text = cavage.signing_text("POST", "/" + url.split("/", 3)[3], sent, names.split(), said)
    signature = base64.b64encode(signed(text, private_key(pair("eve")[0]))).decode()
    parts = [f'keyId="{KEY_ID}"', f'headers="{names}"', f'signature="{signature}"']
    parts += [f'algorithm="{algorithm}"'] if algorithm else []
    return sent | {"signature": ",".join([*parts, *filter(None, more.split(","))])}


@pytest.mark.parametrize("algorithm", ["", "rsa-sha256", "RSA-SHA256", "hs2019"])
def test_the_algorithm_may_be_left_out_or_hidden(algorithm):
    assert reason(request(made(algorithm=algorithm))) == ""


@pytest.mark.parametrize("algorithm", ["hmac-sha256", "rsa-sha1", "none"])
def test_other_algorithms_are_refused(algorithm):
    assert reason(request(made(algorithm=algorithm))) == "unknown_algorithm"


def test_we_always_say_the_algorithm():
    assert 'algorithm="rsa-sha256"' in headers_of("cavage")["Signature"]


def test_the_query_is_signed_or_left_out():
    asked = INBOX + "?page=1"

    assert reason(request(made(url=asked), url=asked)) == ""
    assert reason(request(made(url=INBOX), url=asked)) == ""
    assert reason(request(made(url=INBOX + "?page=2"), url=asked)) == "wrong_signature"


@pytest.mark.parametrize("missing", ["(request-target)", "host", "date"])
def test_what_must_be_covered_is(missing):
    assert reason(request(made(ALL.replace(missing, "").strip()))) == "not_covered"


def test_a_header_that_is_covered_and_not_there_is_refused():
    headers = made()
    del headers["content-type"]

    assert reason(request(headers)) == "not_covered"


def test_nothing_is_covered_twice():
    assert reason(request(made(ALL + " date"))) == "not_covered"


def test_the_time_may_be_the_signatures_own():
    names, at = "(request-target) host (created) digest", int(NOW.timestamp())

    assert reason(request(made(names, algorithm="hs2019", more=f"created={at}"))) == ""
    assert reason(request(made(names, algorithm="hs2019", more=f"created={at - 4000}"))) == "too_old"
    assert reason(request(made(names, algorithm="hs2019", more=f"created={at + 400}"))) == "from_the_future"


def test_a_signature_that_is_over_is_refused():
    names, at = f"{ALL} (expires)", int(NOW.timestamp())

    assert reason(request(made(names, algorithm="hs2019", more=f"expires={at + 30}"))) == ""
    assert reason(request(made(names, algorithm="hs2019", more=f"expires={at - 400}"))) == "expired"


def test_several_digests_in_any_case_are_all_looked_at():
    sha256 = base64.b64encode(hashlib.sha256(BODY).digest()).decode()
    sha512 = base64.b64encode(hashlib.sha512(BODY).digest()).decode()

    assert reason(request(made(digest=f"sha-256={sha256},SHA-512={sha512}"))) == ""
    assert reason(request(made(digest=f"unixsum=30637, Sha-512={sha512}"))) == ""
    assert reason(request(made(digest=f"SHA-256={sha256},SHA-512={sha256}"))) == "wrong_digest"
    assert reason(request(made(digest="unixsum=30637"))) == "no_digest"
    assert reason(request(made(digest="SHA-256"))) == "wrong_digest"


def test_the_new_digest_is_as_good_as_the_old():
    sha256 = base64.b64encode(hashlib.sha256(BODY).digest()).decode()
    names = ALL.replace("digest", "content-digest")

    assert reason(request(made(names, content_digest=f"sha-256=:{sha256}:"))) == ""
    assert reason(request(made(names, content_digest=f"sha-256=:{sha256[::-1]}:"))) == "wrong_digest"
    assert reason(request(made(names, content_digest=sha256))) == "wrong_digest"


def test_a_digest_that_was_not_signed_is_none():
    assert reason(request(made("(request-target) host date"))) == "no_digest"


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer 1",
        'keyId="a",keyId="b",signature="YQ=="',
        'keyId="a"',
        'signature="YQ=="',
        'keyId="a",signature="not base64!",headers="(request-target) host date digest"',
        'keyId="a" signature="YQ=="; evil',
        'keyId="a',
    ],
)
def test_a_signature_that_cannot_be_read(header):
    assert reason(request(headers_of("cavage") | {"Signature": header})) == "unreadable_signature"


def test_the_host_may_be_written_in_capitals():
    assert reason(request(made(host="Corale.EXAMPLE"))) == ""


def test_a_type_is_signed_where_there_is_one():
    assert "content-type" in headers_of("cavage")["Signature"]
    assert TYPE["Content-Type"] == headers_of("cavage")["Content-Type"]


def test_a_key_that_can_be_broken_is_not_believed():
    with pytest.raises(NotBelieved, match="no_key"):
        public_key(EXAMPLE_PEM)
