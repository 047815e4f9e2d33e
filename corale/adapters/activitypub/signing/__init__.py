"""HTTP signatures: the older draft (cavage-12) and RFC 9421, made and verified.

    headers = sign("POST", inbox, body, key_id=actor.key_id, private_key_pem=actor.signing_key, scheme="cavage")
    verified = verify(Request.of(request, body), find_key)         # or NotBelieved, with its reason

Most of the fediverse still speaks the draft, and of the libraries that do none is kept and light: the draft is a few
lines of our own (`cavage`). RFC 9421 is left to http-message-signatures (`rfc9421`).
"""

from corale.adapters.activitypub.signing.believing import FindKey, Verified, verify
from corale.adapters.activitypub.signing.errors import NotBelieved
from corale.adapters.activitypub.signing.keys import PublicKey
from corale.adapters.activitypub.signing.knocking import SCHEMES, Scheme, is_worth_a_second, knocks
from corale.adapters.activitypub.signing.making import sign
from corale.adapters.activitypub.signing.request import Request

__all__ = [
    "SCHEMES",
    "FindKey",
    "NotBelieved",
    "PublicKey",
    "Request",
    "Scheme",
    "Verified",
    "is_worth_a_second",
    "knocks",
    "sign",
    "verify",
]
