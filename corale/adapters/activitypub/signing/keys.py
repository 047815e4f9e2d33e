"""RSA keys, opened once: reading a PEM costs more than using it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from corale.adapters.activitypub.signing.errors import NotBelieved

BITS = range(2048, 8193)
"""Of keys we believe. Smaller ones can be broken, larger ones make us work for nothing."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key and whose it is: the id of the key, the URI of the actor, the PEM."""

    key_id: str
    actor_uri: str
    pem: str


@lru_cache(maxsize=256)
def private_key(pem: str) -> rsa.RSAPrivateKey:
    """One of ours. ValueError when it is none."""
    key = serialization.load_pem_private_key(pem.encode(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("not an RSA key")
    return key


@lru_cache(maxsize=4096)
def public_key(pem: str) -> rsa.RSAPublicKey:
    """One of theirs. NotBelieved when it is no RSA key, or none we believe."""
    try:
        key = serialization.load_pem_public_key(pem.encode())
    except Exception as error:  # whatever the PEM does to the parser, it is no key
        raise NotBelieved("no_key") from error
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size not in BITS:
        raise NotBelieved("no_key")
    return key


def signed(text: bytes, key: rsa.RSAPrivateKey) -> bytes:
    """RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, section 8.2)."""
    return key.sign(text, padding.PKCS1v15(), hashes.SHA256())


def is_signed(signature: bytes, text: bytes, key: rsa.RSAPublicKey, algorithm: hashes.HashAlgorithm) -> bool:
    """Whether it is the same with this key."""
    try:
        key.verify(signature, text, padding.PKCS1v15(), algorithm)
    except InvalidSignature:
        return False
    return True
