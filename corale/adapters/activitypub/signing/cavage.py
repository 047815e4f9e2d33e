"""The draft that most servers speak: draft-cavage-http-signatures-12, as the fediverse uses it (RSA and SHA-256)."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256, SHA512, HashAlgorithm

from corale.adapters.activitypub.signing import digests, windows
from corale.adapters.activitypub.signing.claims import Claim
from corale.adapters.activitypub.signing.errors import NotBelieved
from corale.adapters.activitypub.signing.keys import is_signed, signed
from corale.adapters.activitypub.signing.request import Request

TARGET, CREATED, EXPIRES = "(request-target)", "(created)", "(expires)"
ALGORITHMS: Mapping[str, Sequence[HashAlgorithm]] = {
    "": (SHA256(),),
    "rsa-sha256": (SHA256(),),
    "rsa-sha512": (SHA512(),),
    "hs2019": (SHA256(), SHA512()),  # "as the key says", and the keys do not say
}
_PARAMETER = re.compile(r'\s*([A-Za-z]+)\s*=\s*(?:"([^"]*)"|([0-9]+))\s*(?:,|$)')


def sign(
    method: str, path: str, headers: Mapping[str, str], names: Sequence[str], key_id: str, key: RSAPrivateKey
) -> str:
    """The Signature header over `names` of `headers` (lower case). `algorithm` is always said: some insist."""
    text = signing_text(method, path, headers, names, {})
    signature = base64.b64encode(signed(text, key)).decode()
    return f'keyId="{key_id}",algorithm="rsa-sha256",headers="{" ".join(names)}",signature="{signature}"'


def claim(request: Request, now: datetime) -> Claim:
    """Reads the signature and refuses what can be refused without a key."""
    said = parameters(_header(request.headers))
    algorithms = ALGORITHMS.get(said.get("algorithm", "").lower())
    if algorithms is None:
        raise NotBelieved("unknown_algorithm")
    names = said.get("headers", CREATED).lower().split()
    _check_covered(request, names, said)
    _check_time(request, names, said, now)
    if request.body is not None:
        digests.check(request.headers, names, request.body)
    texts = [signing_text(request.method, path, request.headers, names, said) for path in _paths(request.path)]
    signature = _decoded(said["signature"])

    def fits(key: RSAPublicKey) -> bool:
        return any(is_signed(signature, text, key, each) for text in texts for each in algorithms)

    return Claim(said["keyId"], fits)


def parameters(header: str) -> dict[str, str]:
    """`keyId="…",headers="…",created=1700000000`: section 2.1. Each once, nothing between."""
    found: dict[str, str] = {}
    at = 0
    while at < len(header) and (match := _PARAMETER.match(header, at)):
        name, quoted, number = match.groups()
        if name in found:
            raise NotBelieved("unreadable_signature")
        found[name] = number if quoted is None else quoted
        at = match.end()
    if at < len(header) or not found.get("keyId") or not found.get("signature"):
        raise NotBelieved("unreadable_signature")
    return found


def signing_text(
    method: str, path: str, headers: Mapping[str, str], names: Sequence[str], said: Mapping[str, str]
) -> bytes:
    """What is signed: section 2.3."""
    special = {TARGET: f"{method.lower()} {path}", CREATED: said.get("created"), EXPIRES: said.get("expires")}
    lines = [f"{name}: {special[name] if name in special else headers[name].strip()}" for name in names]
    return "\n".join(lines).encode("latin-1", "replace")


def _header(headers: Mapping[str, str]) -> str:
    if "signature" in headers:
        return headers["signature"]
    scheme, _, rest = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "signature":
        raise NotBelieved("unsigned")
    return rest


def _check_covered(request: Request, names: Sequence[str], said: Mapping[str, str]) -> None:
    """Where to, to whom and when: without these it could be said again elsewhere, or later. Each once, and there."""
    if len(set(names)) != len(names) or not {TARGET, "host"} <= set(names) or not {"date", CREATED} & set(names):
        raise NotBelieved("not_covered")
    if any(name not in request.headers for name in names if not name.startswith("(")):
        raise NotBelieved("not_covered")
    if any(name.startswith("(") and name not in (TARGET, CREATED, EXPIRES) for name in names):
        raise NotBelieved("not_covered")
    if (CREATED in names and "created" not in said) or (EXPIRES in names and "expires" not in said):
        raise NotBelieved("unreadable_signature")
    if request.host and request.headers["host"].strip().lower() != request.host:
        raise NotBelieved("wrong_host")


def _check_time(request: Request, names: Sequence[str], said: Mapping[str, str], now: datetime) -> None:
    if "date" in names:
        windows.check_made(windows.of_date(request.headers["date"]), now)
    if CREATED in names:
        windows.check_made(windows.of_number(said["created"]), now)
    if "expires" in said:
        windows.check_expiry(windows.of_number(said["expires"]), now)


def _paths(path: str) -> list[str]:
    """With the query, as the draft says, then without, as some sign it."""
    bare, has_query, _ = path.partition("?")
    return [path, bare] if has_query else [path]


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise NotBelieved("unreadable_signature") from error
