"""Words that open a door once: made at random, kept only as a digest."""

from __future__ import annotations

import hashlib
import secrets


def fresh() -> tuple[str, str]:
    """A token to give away, and the digest of it to keep."""
    token = secrets.token_urlsafe(32)
    return token, digest(token)


def digest(token: str) -> str:
    """What is kept of a token: enough to know it again, not to say it. With 256 random bits it needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
