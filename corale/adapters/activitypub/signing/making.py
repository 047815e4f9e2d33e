"""Signing what we send."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime

import httpx

from corale.adapters.activitypub.signing import cavage, digests, rfc9421
from corale.adapters.activitypub.signing.keys import private_key
from corale.adapters.activitypub.signing.knocking import Scheme


def sign(
    method: str,
    url: str,
    body: bytes | None,
    *,
    key_id: str,
    private_key_pem: str,
    scheme: Scheme = "cavage",
    at: datetime | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """All headers to send: `headers`, and Host, Date, the digest and the signature. `at` is now: every attempt is
    signed anew, because others stop believing an old Date after minutes. The address is the one httpx will ask for."""
    place, at, key = httpx.URL(url).copy_with(fragment=None), at or datetime.now(UTC), private_key(private_key_pem)
    sent = {**(headers or {}), "Host": place.netloc.decode(), "Date": format_datetime(at.astimezone(UTC), usegmt=True)}
    if scheme == "rfc9421":
        return sent | rfc9421.sign(method, str(place), sent, body, key_id=key_id, key=key, at=at)
    if body is not None:
        sent["Digest"] = digests.digest(body)
    lower = {name.lower(): value for name, value in sent.items()}
    names = [cavage.TARGET, *(name for name in ("host", "date", "digest", "content-type") if name in lower)]
    return sent | {"Signature": cavage.sign(method, place.raw_path.decode(), lower, names, key_id, key)}
