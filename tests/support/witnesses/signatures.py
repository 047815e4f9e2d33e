"""Asks bovine, another server of the fediverse written in Python, about signed requests. Runs in the witnesses' own
environment, and knows nothing of the product: requests as JSON lines in, whose each is (or null) as JSON lines out.

A request: `method`, `url`, `headers` (small letters), `body` (text), `key` (PEM).
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from typing import Any

from bovine.crypto.signature_checker import SignatureChecker
from bovine.crypto.types import CryptographicIdentifier


async def judged(asked: dict[str, Any]) -> str | None:
    """Whose it is, if the digest and the signature hold."""

    async def key(key_id: str) -> CryptographicIdentifier:
        return CryptographicIdentifier.from_pem(asked["key"], key_id)

    async def body() -> bytes:
        return asked["body"].encode()

    # bovine looks up derived components that it does not know itself among the headers.
    headers = asked["headers"] | {"@target-uri": asked["url"]}
    return await SignatureChecker(key).validate_signature(asked["method"], asked["url"], headers, body)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    for line in sys.stdin:
        print(json.dumps(asyncio.run(judged(json.loads(line)))), flush=True)
