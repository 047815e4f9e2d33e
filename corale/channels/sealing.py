"""Secrets of connections, sealed with a key derived from the installation's own."""

from __future__ import annotations

import base64
from functools import cache

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


@cache
def _box() -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"corale connection secrets")
    return Fernet(base64.urlsafe_b64encode(key.derive(settings.SECRET_KEY.encode())))


def seal(text: str) -> str:
    """Encrypts and authenticates."""
    return _box().encrypt(text.encode()).decode()


def open_sealed(token: str) -> str:
    """The text again. Raises cryptography's InvalidToken when the installation's key is another one."""
    return _box().decrypt(token.encode()).decode()
