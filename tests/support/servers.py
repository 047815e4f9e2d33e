"""Brings the real servers that tests talk to, one after the other: `python -m tests.support.servers`."""

from __future__ import annotations

from tests.support.atproto import installation as atproto
from tests.support.fediverse import installation as fediverse
from tests.support.witnesses import installation as witnesses

if __name__ == "__main__":
    print(atproto.installed())
    print(fediverse.installed())
    print(witnesses.installed())
