"""Whose certificates we believe."""

from __future__ import annotations

import os
import ssl
from functools import lru_cache

import certifi


def context() -> ssl.SSLContext:
    """The public authorities, and those in the file CORALE_CA_FILE (PEM), if it is set."""
    return _context(certifi.where(), os.environ.get("CORALE_CA_FILE", ""))


@lru_cache(maxsize=4)  # reading the public authorities costs more than a connection
def _context(public: str, ours: str) -> ssl.SSLContext:
    made = ssl.create_default_context(cafile=public)
    if ours:
        made.load_verify_locations(cafile=ours)
    return made
