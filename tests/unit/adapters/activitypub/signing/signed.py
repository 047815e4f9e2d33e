"""Requests signed by somebody elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

from corale.adapters.activitypub.own import key_pair
from corale.adapters.activitypub.signing import NotBelieved, PublicKey, Request, Scheme, sign, verify

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
EVE = "https://eve.example/users/eve"
KEY_ID = f"{EVE}#main-key"
INBOX = "https://corale.example/inbox"
BODY = b'{"type":"Follow","actor":"https://eve.example/users/eve"}'
TYPE = {"Content-Type": "application/activity+json"}


@cache
def pair(name: str) -> tuple[str, str]:
    """A private and a public key for each name."""
    return key_pair()


def key_of(name: str = "eve") -> Callable[..., PublicKey]:
    """Finds Eve's key, and has no newer one."""

    def find(key_id: str, *, again: bool = False) -> PublicKey:
        if key_id != KEY_ID:
            raise NotBelieved("no_key")
        return PublicKey(key_id, EVE, pair(name)[1])

    return find


def headers_of(
    scheme: Scheme, method: str = "POST", url: str = INBOX, body: bytes | None = BODY, at: datetime = NOW
) -> dict[str, str]:
    return sign(
        method, url, body, key_id=KEY_ID, private_key_pem=pair("eve")[0], scheme=scheme, at=at,
        headers=TYPE if body is not None else {},
    )  # fmt: skip


def request(
    headers: dict[str, str],
    method: str = "POST",
    url: str = INBOX,
    body: bytes | None = BODY,
    host: str = "corale.example",
) -> Request:
    """As it arrives."""
    path = "/" + url.split("/", 3)[3]
    return Request(method, url, path, {name.lower(): value for name, value in headers.items()}, body, host)


def reason(asked: Request, find: Callable[..., PublicKey | None] | None = None, now: datetime = NOW) -> str:
    """Why it is not believed; "" when it is."""
    try:
        verify(asked, find or key_of(), now=now)
    except NotBelieved as refused:
        return refused.reason
    return ""
