"""A hash of the body in a header, so that a signature over headers is one over the body."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping

from corale.adapters.activitypub.signing.errors import NotBelieved
from corale.adapters.activitypub.signing.fields import dictionary

KNOWN: Mapping[str, Callable[[bytes], bytes]] = {
    "sha-256": lambda body: hashlib.sha256(body).digest(),
    "sha-512": lambda body: hashlib.sha512(body).digest(),
}


def digest(body: bytes) -> str:
    """For `Digest` (RFC 3230)."""
    return "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode()


def content_digest(body: bytes) -> str:
    """For `Content-Digest` (RFC 9530)."""
    return "sha-256=:" + base64.b64encode(hashlib.sha256(body).digest()).decode() + ":"


def check(headers: Mapping[str, str], covered: Iterable[str], body: bytes) -> None:
    """One of the two is there and signed, and every digest in it that we know fits, at least one. No digest among what
    was signed means that anybody could have changed the body on its way."""
    signed = [name for name in ("digest", "content-digest") if name in covered]
    if not signed:
        raise NotBelieved("no_digest")
    for name in signed:
        _check(_READ[name](headers[name]), body)


def _check(digests: Iterable[tuple[str, bytes]], body: bytes) -> None:
    known = [(KNOWN[name], given) for name, given in digests if name in KNOWN]
    if not known:
        raise NotBelieved("no_digest")
    if not all(hmac.compare_digest(make(body), given) for make, given in known):
        raise NotBelieved("wrong_digest")


def _read_old(value: str) -> list[tuple[str, bytes]]:
    """`SHA-256=…,sha-512=…`: names in any case, several with commas between (RFC 3230, section 4.3.2)."""
    found = []
    for part in value.split(","):
        name, is_there, given = part.strip().partition("=")
        if not is_there:
            raise NotBelieved("wrong_digest")
        found.append((name.lower(), _decoded(given)))
    return found


def _decoded(text: str) -> bytes:
    """Of algorithms we do not know the values need not be base64: what is not fits nothing."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


def _read_new(value: str) -> list[tuple[str, bytes]]:
    """A dictionary of byte sequences (RFC 9530, section 2)."""
    try:
        parsed = dictionary(value)
    except ValueError as error:
        raise NotBelieved("wrong_digest") from error
    return [(name, given if isinstance(given, bytes) else b"") for name, (given, _parameters) in parsed.items()]


_READ: Mapping[str, Callable[[str], list[tuple[str, bytes]]]] = {"digest": _read_old, "content-digest": _read_new}
