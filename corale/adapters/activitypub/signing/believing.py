"""Verifying what others send, in whichever scheme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from corale.adapters.activitypub.signing import cavage, rfc9421
from corale.adapters.activitypub.signing.errors import NotBelieved
from corale.adapters.activitypub.signing.keys import PublicKey, public_key
from corale.adapters.activitypub.signing.knocking import Scheme
from corale.adapters.activitypub.signing.request import Request


class FindKey(Protocol):
    def __call__(self, key_id: str, *, again: bool = False) -> PublicKey | None:
        """The key as we know it, or as its owner's server says. `again`: the one we had did not fit; the key anew, or
        None when it was asked for a moment ago. NotBelieved("no_key") when there is none."""


@dataclass(frozen=True, slots=True)
class Verified:
    """Who signed, with what."""

    actor_uri: str
    key_id: str
    scheme: Scheme


def verify(request: Request, find_key: FindKey, *, now: datetime | None = None) -> Verified:
    """Who signed this request. Everything that needs no key is looked at first, so that nonsense fetches nothing."""
    scheme: Scheme = "rfc9421" if "signature-input" in request.headers else "cavage"
    claim = (rfc9421 if scheme == "rfc9421" else cavage).claim(request, now or datetime.now(UTC))
    key = find_key(claim.key_id)
    if key is None:
        raise NotBelieved("no_key")
    if not claim.fits(public_key(key.pem)):
        key = _anew(claim.key_id, key, find_key)
        if not claim.fits(public_key(key.pem)):
            raise NotBelieved("wrong_signature")
    return Verified(key.actor_uri, key.key_id, scheme)


def _anew(key_id: str, known: PublicKey, find_key: FindKey) -> PublicKey:
    """Another key, where there is one: some servers change theirs."""
    fresh = find_key(key_id, again=True)
    if fresh is None or fresh.pem == known.pem:
        raise NotBelieved("wrong_signature")
    return fresh
