"""Answers of the network's servers as the four errors."""

from __future__ import annotations

import time

import pytest

from corale.adapters.bluesky.answers import Answer
from corale.channels.errors import Disconnected, Refused, Unreachable
from tests.unit.adapters.bluesky.answers import answer


def test_a_limit_says_when_to_come_back():
    error = answer("create_session_limited").error()

    assert isinstance(error, Unreachable)
    assert error.retry_after == 289
    assert error.advice


def test_without_retry_after_the_reset_counts():
    headers = {"ratelimit-limit": "30", "ratelimit-remaining": "0", "ratelimit-reset": str(int(time.time()) + 100)}

    assert 90 < Answer(429, b"{}", headers).error().retry_after <= 100


def test_a_limit_that_says_nothing_is_a_minute():
    assert Answer(429, b"", {}).error().retry_after == 60


def test_a_wrong_password_shuts_us_out_with_advice():
    error = answer("create_session_wrong").error()

    assert isinstance(error, Disconnected)
    assert "app password" in error.advice


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, b'{"error": "ExpiredToken", "message": "Token has been revoked"}', Disconnected),
        (401, b'{"error": "AuthFactorTokenRequired"}', Disconnected),
        (400, b'{"error": "InvalidRequest", "message": "grapheme too big"}', Refused),
        (413, b'{"error": "PayloadTooLarge"}', Refused),
        (500, b'{"error": "InternalServerError"}', Unreachable),
        (502, b"<html>Bad Gateway</html>", Unreachable),
        (400, b"\xff\xfe", Refused),
        (400, b'"text"', Refused),
    ],
)
def test_each_answer_is_one_of_four(status, body, kind):
    assert isinstance(Answer(status, body).error(), kind)


@pytest.mark.parametrize(
    ("remaining", "scarce"), [("3000", False), ("751", False), ("749", True), ("0", True), ("", False), ("-1", False)]
)
def test_a_quarter_is_left_for_people(remaining, scarce):
    assert Answer(200, b"", {"ratelimit-limit": "3000", "ratelimit-remaining": remaining}).is_scarce is scarce
