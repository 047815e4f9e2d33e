"""One dispatch to one inbox: signed for this attempt, and again in the other manner where the first is not believed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from ssl import SSLError

import httpx
from django.conf import settings

from corale.adapters.activitypub.sending.answer import Answer, retry_after
from corale.adapters.activitypub.sending.letters import Letter
from corale.adapters.activitypub.signing import Scheme, is_worth_a_second, knocks, sign
from corale.lib.http import Door, HttpError

CONTENT_TYPE = "application/activity+json"
READ_AT_MOST = 64 * 1024
TOTAL_SECONDS = 15.0
TIMEOUT = httpx.Timeout(10.0, connect=5.0)
SHARDS, IN_EACH = 32, 12
"""Pools of connections: looking for one costs as much as there are in its pool; all of them are a few hundred files."""


class Crowded(Exception):
    """Every connection of a pool is in use: later, and nobody's fault."""


def post(letter: Letter) -> Answer:
    """Knocks, each time with a date and a signature of now; never raises for what the network does."""
    usual, other = knocks(letter.scheme)
    first = _knock(letter, usual)
    if first.status is None or not is_worth_a_second(first.status):
        return first
    second = _knock(letter, other)
    if second.status is None or is_worth_a_second(second.status):
        return first
    return replace(second, scheme=other)


def _knock(letter: Letter, scheme: Scheme) -> Answer:
    words = letter.words
    given = {"Content-Type": CONTENT_TYPE, "User-Agent": user_agent()}
    signed = sign(
        "POST", letter.inbox, words.body, key_id=words.key_id, private_key_pem=words.private_key_pem, scheme=scheme,
        headers=given,
    )  # fmt: skip
    client = _client(letter.server_id % SHARDS)
    try:
        try:
            return _ask(client, letter, signed)
        except httpx.RemoteProtocolError:  # they hung up on a connection that had been kept: once more, on another
            return _ask(client, letter, signed)
    except httpx.PoolTimeout as error:
        raise Crowded from error
    except (HttpError, httpx.HTTPError, httpx.InvalidURL, SSLError, OSError, ValueError) as error:
        return Answer(None, f"{type(error).__name__}: {error}"[:300])


def _ask(client: httpx.Client, letter: Letter, headers: dict[str, str]) -> Answer:
    with client.stream("POST", letter.inbox, content=letter.words.body, headers=headers) as response:
        return Answer(response.status_code, _said(response), retry_after(response.headers))


def _said(response: httpx.Response) -> str:
    """Reads what little they say, so that the connection can be used again; the words only when they said no."""
    try:
        body = response.read()
    except httpx.PoolTimeout as error:
        raise Crowded from error
    except (HttpError, httpx.HTTPError):
        return f"{response.status_code}"
    if response.is_success:
        return ""
    return f"{response.status_code} {body[:200].decode('utf-8', 'replace')}".strip()


def user_agent() -> str:
    """Who knocks, and where one can ask."""
    return f"Corale (+{settings.CORALE_URL})"


@cache
def _client(_shard: int) -> httpx.Client:
    """Keeps connections open for half a minute. Made when it is first needed."""
    door = Door(
        allow_loopback=settings.CORALE_ALLOW_LOOPBACK,
        max_bytes=READ_AT_MOST,
        total_seconds=TOTAL_SECONDS,
        max_connections=IN_EACH,
    )
    return httpx.Client(transport=door, trust_env=False, timeout=TIMEOUT)
