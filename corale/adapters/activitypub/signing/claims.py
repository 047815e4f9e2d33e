"""What a signature says of itself, once it can be read: whose key, over what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey


@dataclass(frozen=True, slots=True)
class Claim:
    """All that can be refused without a key has been refused. `fits` does the arithmetic, with a key's owner."""

    key_id: str
    fits: Callable[[RSAPublicKey], bool]
