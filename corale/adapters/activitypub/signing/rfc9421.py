"""HTTP Message Signatures (RFC 9421), by http-message-signatures: `rsa-v1_5-sha256`, as Mastodon asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
)
from http_message_signatures.algorithms import RSA_V1_5_SHA256

from corale.adapters.activitypub.signing import digests, windows
from corale.adapters.activitypub.signing.claims import Claim
from corale.adapters.activitypub.signing.errors import NotBelieved
from corale.adapters.activitypub.signing.fields import dictionary
from corale.adapters.activitypub.signing.request import Request

ALGORITHM = RSA_V1_5_SHA256.algorithm_id
ACCEPT = '=("@method" "@target-uri" "content-digest");created;keyid;alg="rsa-v1_5-sha256"'
"""For Accept-Signature (section 5.1), after a label."""


@dataclass(slots=True)
class _Message:
    """What the library looks at."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)


class _Key(HTTPSignatureKeyResolver):
    """The one key in question, whatever its id."""

    def __init__(self, key: RSAPrivateKey | RSAPublicKey) -> None:
        self.key = key

    def resolve_public_key(self, key_id: str) -> Any:
        return self.key

    def resolve_private_key(self, key_id: str) -> Any:
        return self.key


class _Verifier(HTTPMessageVerifier):
    """Times are judged here as for the draft, before."""

    require_created = False
    max_clock_skew = timedelta(days=365 * 1000)


def sign(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes | None,
    *,
    key_id: str,
    key: RSAPrivateKey,
    at: datetime,
) -> dict[str, str]:
    """The headers to add: Signature-Input and Signature, and Content-Digest where there is a body."""
    message = _Message(method, url)
    signer = HTTPMessageSigner(signature_algorithm=RSA_V1_5_SHA256, key_resolver=_Key(key))
    signer.sign(
        message, key_id=key_id, created=at, label="sig1", covered_component_ids=("@method", "@target-uri"), body=body
    )
    return message.headers


def claim(request: Request, now: datetime) -> Claim:
    """Reads the signature and refuses what can be refused without a key."""
    covered, said = _input(request.headers["signature-input"])
    if said.get("alg", ALGORITHM) != ALGORITHM:
        raise NotBelieved("unknown_algorithm")
    _check_covered(request, covered)
    if "created" not in said:
        raise NotBelieved("not_covered")
    windows.check_made(windows.of_number(said["created"]), now)
    if "expires" in said:
        windows.check_expiry(windows.of_number(said["expires"]), now)
    if request.body is not None:
        digests.check(request.headers, covered, request.body)
    message = _Message(request.method, request.target_uri, dict(request.headers))

    def fits(key: RSAPublicKey) -> bool:
        verifier = _Verifier(signature_algorithm=RSA_V1_5_SHA256, key_resolver=_Key(key))
        try:
            verifier.verify(message, max_age=None)
        except HTTPMessageSignaturesException:
            return False
        return True

    return Claim(str(said["keyid"]), fits)


def _input(header: str) -> tuple[list[str], dict[str, Any]]:
    """Covered components and parameters of the one signature. Of several nobody could say which one counts."""
    try:
        parsed = dictionary(header)
    except ValueError as error:
        raise NotBelieved("unreadable_signature") from error
    if len(parsed) != 1:
        raise NotBelieved("several_signatures" if parsed else "unsigned")
    ((components, said),) = parsed.values()
    if not isinstance(components, list) or not isinstance(said.get("keyid"), str):
        raise NotBelieved("unreadable_signature")
    return [_name(each) for each in components], said


def _name(component: Any) -> str:
    """A component taken with parameters is not the whole of it: it does not count as covered."""
    name, parameters = component
    return f"{name};" if parameters else str(name)


def _check_covered(request: Request, covered: list[str]) -> None:
    """What, where to: the whole address, or its parts."""
    if "@method" not in covered or len(set(covered)) != len(covered):
        raise NotBelieved("not_covered")
    has_query = "?" in request.path
    parts = {"@authority", "@path", "@query"} if has_query else {"@authority", "@path"}
    if not ("@target-uri" in covered or parts <= set(covered) or {"@authority", "@request-target"} <= set(covered)):
        raise NotBelieved("not_covered")
    if any(name not in request.headers for name in covered if not name.startswith("@") and not name.endswith(";")):
        raise NotBelieved("not_covered")
    if request.host and request.headers.get("host", request.host).strip().lower() != request.host:
        raise NotBelieved("wrong_host")
